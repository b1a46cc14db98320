//! Reading schemas: the output of `terraform providers schema -json`, and extracts of it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use super::{Collection, Field, Members, Schema, Shape};
use crate::plan;

/// How to make a schema.
const MAKE: &str = "in the folder of a Terraform configuration, after `terraform init`, run \
                    `terraform providers schema -json > schema.json`";

/// Why a file is no schema.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SchemaError {
    /// It is something else.
    #[error("it is not the output of `terraform providers schema -json`: {0}; {MAKE}")]
    Other(String),
    /// There is nothing in it.
    #[error("it holds no provider; {MAKE}, where the configuration requires providers")]
    Empty,
    /// A line of an extract is none.
    #[error("line {line}: expected `TYPE PATH KIND`, found `{text}`")]
    Line {
        /// The line, 1-based.
        line: usize,
        /// What stands there.
        text: String,
    },
}

#[derive(Deserialize)]
struct OutputDoc {
    provider_schemas: Option<BTreeMap<String, ProviderDoc>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ProviderDoc {
    resource_schemas: BTreeMap<String, TypeDoc>,
    data_source_schemas: BTreeMap<String, TypeDoc>,
}

#[derive(Deserialize)]
struct TypeDoc {
    #[serde(default)]
    block: BlockDoc,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BlockDoc {
    attributes: BTreeMap<String, AttributeDoc>,
    block_types: BTreeMap<String, NestedBlockDoc>,
}

#[derive(Deserialize)]
struct NestedBlockDoc {
    nesting_mode: String,
    #[serde(default)]
    block: BlockDoc,
}

#[derive(Deserialize)]
struct AttributeDoc {
    #[serde(rename = "type")]
    kind: Option<Value>,
    nested_type: Option<NestedTypeDoc>,
    #[serde(default)]
    computed: bool,
}

#[derive(Deserialize)]
struct NestedTypeDoc {
    nesting_mode: String,
    #[serde(default)]
    attributes: BTreeMap<String, AttributeDoc>,
}

impl Schema {
    /// Reads a schema: the output of `terraform providers schema -json`, or an extract with a line `TYPE PATH KIND [computed]`
    /// for each type (its path is `.`) and each path.
    ///
    /// # Errors
    /// Where it is neither.
    pub fn read(bytes: Vec<u8>) -> Result<Self, SchemaError> {
        let text = plan::text(bytes).map_err(|refusal| SchemaError::Other(refusal.to_string()))?;
        let types = match text.trim_start().starts_with(['{', '[']) {
            true => of_output(&text)?,
            false => of_extract(&text)?,
        };
        match types.is_empty() {
            true => Err(SchemaError::Empty),
            false => Ok(Self { types }),
        }
    }
}

fn of_output(text: &str) -> Result<BTreeMap<String, Members>, SchemaError> {
    let output: OutputDoc = serde_json::from_str(text).map_err(|error| SchemaError::Other(error.to_string()))?;
    let Some(providers) = output.provider_schemas else {
        // Without any provider, Terraform leaves the key out as well.
        return match serde_json::from_str::<BTreeMap<String, Value>>(text) {
            Ok(members) if members.keys().all(|key| key == "format_version") => Err(SchemaError::Empty),
            _ => Err(SchemaError::Other("it has no `provider_schemas`".to_owned())),
        };
    };
    let mut types = BTreeMap::new();
    for provider in providers.into_values() {
        let data = provider.data_source_schemas.into_iter();
        let data = data.map(|(name, doc)| (format!("data.{name}"), doc));
        let all = provider.resource_schemas.into_iter().chain(data);
        types.extend(all.map(|(name, doc)| (name, of_block(doc.block))));
    }
    Ok(types)
}

fn of_block(doc: BlockDoc) -> Members {
    let mut members = of_attributes(doc.attributes);
    members.extend(doc.block_types.into_iter().map(|(name, nested)| {
        let of = Shape::Members {
            block: true,
            of: of_block(nested.block),
        };
        let shape = nested_in(&nested.nesting_mode, of);
        (name, Field { shape, computed: false })
    }));
    members
}

fn of_attributes(docs: BTreeMap<String, AttributeDoc>) -> Members {
    let field = |doc: AttributeDoc| {
        let shape = match (doc.nested_type, &doc.kind) {
            (Some(nested), _) => {
                let of = Shape::Members {
                    block: true,
                    of: of_attributes(nested.attributes),
                };
                nested_in(&nested.nesting_mode, of)
            }
            (None, Some(kind)) => of_type(kind, doc.computed),
            (None, None) => anything(),
        };
        let computed = doc.computed;
        Field { shape, computed }
    };
    docs.into_iter().map(|(name, doc)| (name, field(doc))).collect()
}

/// `single` and `group` are one block.
fn nested_in(mode: &str, of: Shape) -> Shape {
    match collection(mode) {
        Some(collection) => Shape::Several(collection, Box::new(of)),
        None => of,
    }
}

fn collection(word: &str) -> Option<Collection> {
    match word {
        "list" => Some(Collection::List),
        "set" => Some(Collection::Set),
        "map" => Some(Collection::Map),
        _ => None,
    }
}

fn anything() -> Shape {
    Shape::Value("dynamic".to_owned())
}

/// `"string"`, `["list", "string"]`, `["object", { … }]`
fn of_type(kind: &Value, computed: bool) -> Shape {
    let (word, inner) = match kind {
        Value::String(word) => return Shape::Value(word.clone()),
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(word), inner] => (word.as_str(), inner),
            _ => return anything(),
        },
        _ => return anything(),
    };
    match (collection(word), inner) {
        (Some(collection), inner) => Shape::Several(collection, Box::new(of_type(inner, computed))),
        (None, Value::Object(members)) if word == "object" => {
            let field = |(name, kind): (&String, &Value)| {
                let shape = of_type(kind, computed);
                (name.clone(), Field { shape, computed })
            };
            Shape::Members {
                block: false,
                of: members.iter().map(field).collect(),
            }
        }
        (None, _) if word == "tuple" => Shape::Several(Collection::List, Box::new(anything())),
        (None, _) => anything(),
    }
}

fn of_extract(text: &str) -> Result<BTreeMap<String, Members>, SchemaError> {
    let mut types: BTreeMap<String, Members> = BTreeMap::new();
    for (position, line) in text.lines().enumerate() {
        let wrong = || match position {
            0 => SchemaError::Other("it is no JSON".to_owned()),
            _ => SchemaError::Line {
                line: position.saturating_add(1),
                text: line.chars().take(80).collect(),
            },
        };
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let (name, path, kind, computed) = match words.as_slice() {
            [name, path, kind] => (*name, *path, *kind, false),
            [name, path, kind, "computed"] => (*name, *path, *kind, true),
            _ => return Err(wrong()),
        };
        if path == "." {
            types.entry(name.to_owned()).or_default();
            continue;
        }
        let shape = of_word(kind);
        let placed = types.get_mut(name).zip(shape).and_then(|(members, shape)| {
            let (holder, name) = path
                .rsplit_once('.')
                .map_or((None, path), |(holder, name)| (Some(holder), name));
            let members = match holder {
                Some(holder) => inside(members, holder)?,
                None => members,
            };
            members.insert(name.to_owned(), Field { shape, computed });
            Some(())
        });
        placed.ok_or_else(wrong)?;
    }
    Ok(types)
}

/// `string`, `map(string)`, `set(block)`
fn of_word(text: &str) -> Option<Shape> {
    if let Some((word, inner)) = text.split_once('(') {
        let inner = of_word(inner.strip_suffix(')')?)?;
        return Some(Shape::Several(collection(word)?, Box::new(inner)));
    }
    Some(match text {
        "block" | "object" => Shape::Members {
            block: text == "block",
            of: Members::new(),
        },
        "string" | "number" | "bool" | "dynamic" => Shape::Value(text.to_owned()),
        _ => return None,
    })
}

/// The members of what stands at a path: `rule[*].apply[*]`.
fn inside<'m>(mut members: &'m mut Members, path: &str) -> Option<&'m mut Members> {
    for step in path.split('.') {
        let mut shape = &mut members.get_mut(step.trim_end_matches("[*]"))?.shape;
        while let Shape::Several(_, inner) = shape {
            shape = inner;
        }
        members = match shape {
            Shape::Members { of, .. } => of,
            _ => return None,
        };
    }
    Some(members)
}
