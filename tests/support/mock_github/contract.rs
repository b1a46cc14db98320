//! GitHub's own description of its API, and whether a request and its answer keep to it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

const TEXT: &str = include_str!("../../../testdata/github/openapi.json");

/// Where GitHub Enterprise has its API.
pub(crate) const BASE: &str = "/api/v3";

/// What GitHub answers to any call, wherever the description leaves it out: no valid token, no right, no such thing.
const ANYWHERE: [u16; 3] = [401, 403, 404];

/// A call that the description knows.
struct Operation {
    method: String,
    path: Vec<String>,
    parameters: BTreeMap<String, Parameter>,
    body: Option<Body>,
    /// Empty bodies have no schema.
    answers: BTreeMap<u16, Option<Validator>>,
}

struct Parameter {
    schema: Validator,
    is_number: bool,
}

struct Body {
    schema: Validator,
    fields: Vec<String>,
}

fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(TEXT).unwrap())
}

fn operations() -> &'static [Operation] {
    static OPERATIONS: OnceLock<Vec<Operation>> = OnceLock::new();
    OPERATIONS.get_or_init(|| {
        let paths = document()["paths"].as_object().unwrap();
        let of_path = |(path, methods): (&'static String, &'static Value)| -> Vec<Operation> {
            let methods = methods.as_object().unwrap().iter();
            methods
                .map(|(method, call)| Operation::read(method, path, call))
                .collect()
        };
        paths.iter().flat_map(of_path).collect()
    })
}

/// One of GitHub's own examples.
pub(crate) fn example(name: &str) -> Value {
    document()["components"]["examples"][name]["value"].clone()
}

/// Follows a reference inside the document.
fn resolved(node: &'static Value) -> &'static Value {
    match node["$ref"].as_str() {
        Some(reference) => document().pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => node,
    }
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(&json!({ "allOf": [schema], "components": document()["components"] })).unwrap()
}

impl Operation {
    fn read(method: &str, path: &str, call: &'static Value) -> Self {
        let parameters = call["parameters"].as_array().into_iter().flatten().map(|one| {
            let one = resolved(one);
            let parameter = Parameter {
                schema: validator(&one["schema"]),
                is_number: one["schema"]["type"] == "integer",
            };
            (one["name"].as_str().unwrap().to_owned(), parameter)
        });
        let content = |node: &'static Value| node.pointer("/content/application~1json/schema");
        let body = content(&call["requestBody"]).map(|schema| Body {
            schema: validator(schema),
            fields: schema["properties"].as_object().unwrap().keys().cloned().collect(),
        });
        let answers = call["responses"].as_object().unwrap().iter().map(|(status, answer)| {
            let schema = content(resolved(answer)).map(validator);
            (status.parse().unwrap(), schema)
        });
        Self {
            method: method.to_uppercase(),
            path: path.split('/').map(str::to_owned).collect(),
            parameters: parameters.collect(),
            body,
            answers: answers.collect(),
        }
    }

    /// The values in a path that is this call's.
    fn matches<'a>(&'a self, method: &str, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let parts: Vec<&str> = path.split('/').collect();
        if method != self.method || parts.len() != self.path.len() {
            return None;
        }
        let mut values = Vec::new();
        for (pattern, part) in self.path.iter().zip(parts) {
            match pattern.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => values.push((name, part)),
                None if pattern == part => {}
                None => return None,
            }
        }
        Some(values)
    }

    fn parameter(&self, name: &str, text: &str) -> Result<(), String> {
        let parameter = self
            .parameters
            .get(name)
            .ok_or_else(|| format!("there is no parameter `{name}`"))?;
        let value = match text.parse::<u64>() {
            Ok(number) if parameter.is_number => json!(number),
            _ => json!(text),
        };
        holds(&parameter.schema, &value).map_err(|why| format!("`{name}`: {why}"))
    }

    fn body(&self, body: &Value) -> Result<(), String> {
        let Some(known) = &self.body else {
            return body
                .is_null()
                .then_some(())
                .ok_or_else(|| "it takes no body".to_owned());
        };
        holds(&known.schema, body)?;
        let unknown = |field: &&String| !known.fields.contains(field);
        match body.as_object().unwrap_or(&Map::new()).keys().find(unknown) {
            Some(field) => Err(format!("there is no field `{field}`")),
            None => Ok(()),
        }
    }
}

fn holds(schema: &Validator, value: &Value) -> Result<(), String> {
    schema
        .validate(value)
        .map_err(|error| format!("{error} at `{}`", error.instance_path()))
}

/// A call, and the values in its path by name.
type Call = (&'static Operation, Vec<(String, String)>);

fn find(method: &str, path: &str) -> Result<Call, String> {
    let path = path
        .strip_prefix(BASE)
        .ok_or_else(|| format!("the path does not begin with {BASE}"))?;
    let owned = |(name, part): (&str, &str)| (name.to_owned(), part.to_owned());
    operations()
        .iter()
        .find_map(|one| Some((one, one.matches(method, path)?.into_iter().map(owned).collect())))
        .ok_or_else(|| "the description knows no such call".to_owned())
}

/// Checks a request. `path` comes without its query.
///
/// # Errors
/// What breaks the description.
pub(crate) fn request(method: &str, path: &str, query: &[(String, String)], body: &Value) -> Result<(), String> {
    let (operation, values) = find(method, path)?;
    for (name, text) in values.iter().chain(query) {
        operation.parameter(name, text)?;
    }
    operation.body(body)
}

/// Checks an answer; one that was injected may have a status that GitHub does not document.
///
/// # Errors
/// What breaks the description.
pub(crate) fn answer(method: &str, path: &str, status: u16, body: &Value, injected: bool) -> Result<(), String> {
    let Ok((operation, _)) = find(method, path) else {
        return (status == 404)
            .then_some(())
            .ok_or_else(|| "the answer to an unknown call is 404".to_owned());
    };
    match operation.answers.get(&status) {
        Some(Some(_)) if injected => Ok(()),
        Some(Some(schema)) => holds(schema, body),
        Some(None) => body.is_null().then_some(()).ok_or_else(|| "it has no body".to_owned()),
        None if injected => Ok(()),
        None if ANYWHERE.contains(&status) => {
            holds(&validator(&json!({ "$ref": "#/components/schemas/basic-error" })), body)
        }
        None => Err(format!("the status {status} is not documented")),
    }
}
