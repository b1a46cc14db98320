//! Whether the resources that test cases write in short form are in a schema.

use super::super::short;
use super::policies::{is_built_in, type_help};
use super::{Collection, Members, Schema, Shape};
use crate::plan::LIFECYCLE;
use crate::policy::load::Source;
use crate::policy::yaml::{self, Diagnostic, Diagnostics, Kind, Node, suggest};

/// The keys of a case that hold resources by address.
const RESOURCES: [&str; 3] = ["resources", "before", "reported"];

pub(super) fn check(schema: &Schema, test: &Source, errors: &mut Diagnostics) {
    errors.sources_mut().insert(test.file.as_str(), test.text.as_str());
    let Some(root) = yaml::load(&test.file, &test.text, &mut |error| errors.push(error)) else {
        return;
    };
    let mut check = Check {
        file: &test.file,
        resource_type: String::new(),
        errors,
    };
    let cases = member(&root, "cases").map(|cases| &cases.kind);
    let Some(Kind::Sequence(cases)) = cases else { return };
    for resources in cases.iter().flat_map(|case| RESOURCES.map(|key| member(case, key))) {
        for (address, attributes) in resources.into_iter().flat_map(entries) {
            check.resource(schema, address, attributes);
        }
    }
}

fn entries(node: &Node) -> &[(Node, Node)] {
    match &node.kind {
        Kind::Mapping(entries) => entries,
        _ => &[],
    }
}

fn member<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let found = entries(node).iter().find(|(key, _)| key.as_str() == Some(name));
    found.map(|(_, value)| value)
}

struct Check<'a> {
    file: &'a str,
    resource_type: String,
    errors: &'a mut Diagnostics,
}

impl Check<'_> {
    fn error(&mut self, place: &Node, message: String, help: impl Into<String>) {
        let diagnostic = Diagnostic::new(self.file, place.span, message).with_help(help);
        self.errors.push(diagnostic);
    }

    fn resource(&mut self, schema: &Schema, address: &Node, attributes: &Node) {
        // What is no address is said where the plan is made.
        let Some(resource_type) = address.as_str().and_then(short::type_of) else {
            return;
        };
        match schema.types.get(&resource_type) {
            Some(members) => {
                self.resource_type = resource_type;
                self.members(members, attributes, "");
            }
            None if is_built_in(&resource_type) => {}
            None => {
                let help = type_help(schema, &resource_type);
                self.error(
                    address,
                    format!("the schema has no resource type `{resource_type}`"),
                    help,
                );
            }
        }
    }

    /// `rule` of `aws_x`, or the type.
    fn whole(&self, place: &str) -> String {
        match place {
            "" => format!("`{}`", self.resource_type),
            inside => format!("`{inside}` of `{}`", self.resource_type),
        }
    }

    fn members(&mut self, members: &Members, node: &Node, place: &str) {
        for (key, value) in entries(node) {
            let Some(name) = key.as_str() else { continue };
            let inner = match place {
                "" => name.to_owned(),
                place => format!("{place}.{name}"),
            };
            match members.get(name) {
                // Terraform's own block stands in no provider's schema.
                None if place.is_empty() && name == LIFECYCLE => {}
                Some(field) => self.value(&field.shape, value, &inner),
                None => {
                    let help = suggest(name, members.keys().map(String::as_str)).map_or_else(
                        || "attributes are written as plan JSON has them, those of a block inside it".to_owned(),
                        |close| format!("did you mean `{close}`?"),
                    );
                    let message = format!("{} has no attribute `{name}`", self.whole(place));
                    self.error(key, message, help);
                }
            }
        }
    }

    fn value(&mut self, shape: &Shape, node: &Node, place: &str) {
        match (shape, &node.kind) {
            (_, Kind::Null | Kind::Invalid) => {}
            (_, Kind::String(text)) if short::stands_for_more(text) => {}
            (Shape::Value(word), _) if word == "dynamic" => {}
            (Shape::Members { of, .. }, Kind::Mapping(_)) => self.members(of, node, place),
            (Shape::Several(Collection::Map, of), Kind::Mapping(entries)) => {
                for (key, value) in entries {
                    let name = key.as_str().unwrap_or_default();
                    self.value(of, value, &format!("{place}.{name}"));
                }
            }
            (Shape::Several(Collection::List | Collection::Set, of), Kind::Sequence(elements)) => {
                for element in elements {
                    self.value(of, element, &format!("{place}[*]"));
                }
            }
            (Shape::Value(_), Kind::Mapping(_) | Kind::Sequence(_))
            | (Shape::Members { .. } | Shape::Several(..), _) => {
                let message = format!("{} is {}, and this is {}", self.whole(place), shape.title(), node.kind);
                let text = matches!(shape, Shape::Value(_));
                let document = "write one value; a document is one text, in quotes";
                let help = if text { document.to_owned() } else { help(shape, place) };
                self.error(node, message, help);
            }
            (Shape::Value(word), kind) => {
                let fits = match kind {
                    Kind::Bool(_) => word == "bool",
                    Kind::Integer(_) | Kind::Float(_) => word == "number",
                    _ => word == "string",
                };
                if !fits {
                    let message = format!("{} is {}, and this is {kind}", self.whole(place), shape.title());
                    self.error(node, message, help(shape, place));
                }
            }
        }
    }
}

/// How a value of a shape is written.
fn help(shape: &Shape, place: &str) -> String {
    let name = place.rsplit('.').next().unwrap_or(place).trim_end_matches("[*]");
    match shape {
        Shape::Value(word) => match word.as_str() {
            "bool" => format!("plan JSON has `{name}: true` or `{name}: false`"),
            "number" => "write it without quotes".to_owned(),
            _ => "write it in quotes".to_owned(),
        },
        Shape::Members { .. } => format!("write a mapping: `{name}: {{ … }}`"),
        Shape::Several(Collection::Map, _) => format!("write a mapping: `{name}: {{ key: … }}`"),
        Shape::Several(_, of) => match of.as_ref() {
            Shape::Members { .. } => format!("write a list of mappings: `{name}: [{{ … }}]`"),
            _ => format!("write a list: `{name}: […]`"),
        },
    }
}
