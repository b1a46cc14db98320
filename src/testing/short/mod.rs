//! From the short form to plan JSON, which the plan reader reads as it reads every plan.

mod address;
mod configuration;
pub mod hcl;
mod lifecycle;
mod object;
mod value;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::case::CaseDoc;
use crate::plan::{Index, Mode};
use crate::policy::yaml::{At, Diagnostic, Diagnostics, Entries, Span, suggest};
use address::Address;
use configuration::{Module, mode, provider};
use object::{Fate, Object, Side};
pub(super) use value::UNKNOWN;

/// The plan that a case stands for; `None` where the case is wrong: that goes into `errors`.
pub fn plan_text(file: &str, case: &CaseDoc, errors: &mut Diagnostics) -> Option<String> {
    let draft = Draft::new(file, case, errors.sources().get(file).unwrap_or_default());
    let plan = draft.plan();
    let wrong = draft.wrong.into_inner();
    let fine = wrong.is_empty();
    wrong.into_iter().for_each(|one| errors.push(one));
    fine.then(|| plan.to_string())
}

/// The type of the resource at an address, as policies write it (`data.aws_kms_key`); `None` where it is no address.
pub(super) fn type_of(address: &str) -> Option<String> {
    let Address {
        mode, resource_type, ..
    } = Address::parse(address)?;
    Some(match mode {
        Mode::Data => format!("data.{resource_type}"),
        Mode::Managed => resource_type,
    })
}

/// Whether a text stands for a value of any kind: what the plan does not know, and references.
pub(super) fn stands_for_more(text: &str) -> bool {
    let (references, open) = value::references_in(&Value::String(text.to_owned()));
    open || !references.is_empty()
}

/// The type of the managed resource that an address is of.
pub(super) fn managed_type(address: &str) -> Option<String> {
    let address = Address::parse(address).filter(|address| address.mode == Mode::Managed);
    address.map(|address| address.resource_type)
}

/// A case on its way to a plan.
struct Draft<'c> {
    file: &'c str,
    text: &'c str,
    objects: BTreeMap<Address, Object<'c>>,
    configuration: RefCell<Module>,
    wrong: RefCell<Vec<Diagnostic>>,
}

impl<'c> Draft<'c> {
    fn new(file: &'c str, case: &'c CaseDoc, text: &'c str) -> Self {
        let mut draft = Self {
            file,
            text,
            objects: BTreeMap::new(),
            configuration: RefCell::default(),
            wrong: RefCell::default(),
        };
        draft.add(&case.before, |object, attributes| object.before = Some(attributes));
        draft.add(&case.resources, |object, attributes| object.after = Some(attributes));
        for (address, attributes) in case.reported.iter() {
            if let Some(object) = draft.named(address) {
                object.reported = attributes.as_ref();
            }
        }
        for address in &case.replace {
            draft.fate(address, Fate::Replaced, |object| {
                object.before.is_some() && object.after.is_some()
            });
        }
        for address in &case.forget {
            draft.fate(address, Fate::Forgotten, |object| object.after.is_none());
        }
        draft
    }

    fn add(
        &mut self,
        entries: &'c Entries<Option<Entries<At<Value>>>>,
        set: impl Fn(&mut Object<'c>, Option<&'c Entries<At<Value>>>),
    ) {
        for (written, attributes) in entries.iter() {
            let Some(address) = Address::parse(&written.value) else {
                self.error(
                    written.span,
                    format!("`{written}` is not the address of a resource"),
                    "write it as a plan does: `aws_kms_key.main`, `aws_kms_key.main[\"a\"]`, `module.m.aws_kms_key.main` or \
                     `data.aws_kms_key.main`",
                );
                continue;
            };
            let object = self.objects.entry(address).or_default();
            object.span = written.span;
            set(object, attributes.as_ref());
        }
    }

    /// An object that the case holds.
    fn named(&mut self, written: &At<String>) -> Option<&mut Object<'c>> {
        let found = Address::parse(&written.value).filter(|address| self.objects.contains_key(address));
        let Some(address) = found else {
            self.error(
                written.span,
                format!("the case has no resource `{written}`"),
                self.meant(&written.value),
            );
            return None;
        };
        self.objects.get_mut(&address)
    }

    fn fate(&mut self, written: &At<String>, fate: Fate, fits: impl Fn(&Object<'_>) -> bool) {
        let Some(object) = self.named(written) else { return };
        if fits(object) {
            object.fate = fate;
            return;
        }
        let (message, help) = match fate {
            Fate::Replaced => (
                format!("`{written}` cannot be replaced"),
                "what is replaced stands in both `before` and `resources`",
            ),
            _ => (
                format!("`{written}` cannot be forgotten"),
                "what is forgotten stands in `before`, and not in `resources`",
            ),
        };
        self.error(written.span, message, help);
    }

    fn error(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::new(self.file, span, message).with_help(help);
        self.wrong.borrow_mut().push(diagnostic);
    }

    /// What is said where an address leads nowhere.
    fn meant(&self, written: &str) -> String {
        let known: Vec<String> = self.objects.keys().map(Address::whole).collect();
        match suggest(written, known.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None if known.is_empty() => "it has none at all".to_owned(),
            None => {
                let known: Vec<String> = known.iter().map(|one| format!("`{one}`")).collect();
                format!("it has {}", known.join(", "))
            }
        }
    }

    fn plan(&self) -> Value {
        let mut changes = Vec::new();
        let mut read: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (address, object) in &self.objects {
            let entry = self.entry(address, object);
            match address.mode {
                Mode::Data if entry.known => read.entry(address.module.to_string()).or_default().push(entry.prior),
                _ => changes.push(entry.change),
            }
            if object.after.is_some() {
                let expressions = self.expressions(address, object);
                self.configuration.borrow_mut().add(address, expressions);
            }
        }
        let mut state = Map::new();
        state.insert("resources".into(), json!(read.remove("").unwrap_or_default()));
        let child = |(address, resources)| json!({ "address": address, "resources": resources });
        state.insert("child_modules".into(), read.into_iter().map(child).collect());
        json!({
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "resource_changes": changes,
            "prior_state": {
                "format_version": "1.0",
                "values": { "root_module": state },
            },
            "configuration": {
                "provider_config": self.providers(),
                "root_module": self.configuration.borrow().to_json(),
            },
            "applyable": true,
            "complete": true,
            "errored": false,
        })
    }

    fn providers(&self) -> Value {
        let names: BTreeSet<&str> = self
            .objects
            .keys()
            .map(|address| provider(&address.resource_type))
            .collect();
        let entry = |name: &str| {
            let mut config = Map::new();
            config.insert("name".into(), json!(name));
            config.insert("full_name".into(), json!(full_name(name)));
            if name == "aws" {
                let region = json!({ "region": { "constant_value": object::REGION } });
                config.insert("expressions".into(), region);
            }
            (name.to_owned(), Value::Object(config))
        };
        Value::Object(names.into_iter().map(entry).collect())
    }
}

/// What a plan says of one object.
struct Entry {
    /// In `resource_changes`.
    change: Value,
    /// In `prior_state`.
    prior: Value,
    /// Whether every value of it is known.
    known: bool,
}

impl Draft<'_> {
    fn entry(&self, address: &Address, object: &Object<'_>) -> Entry {
        if address.mode == Mode::Data && object.before.is_some() {
            self.error(
                object.span,
                format!("`{}` is a data source", address.whole()),
                "a plan holds what it reads once: write it under `resources` only",
            );
        }
        self.check_lifecycle(object);
        let before = self.side(address, object, Side::Before);
        let after = self.side(address, object, Side::After);
        let same = before.as_ref().map(|made| &made.value) == after.as_ref().map(|made| &made.value);
        let known = after.as_ref().is_some_and(|made| !made.is_open());
        let actions = match (address.mode, object.fate, &before, &after) {
            (Mode::Data, ..) => json!(["read"]),
            (_, Fate::Forgotten, ..) => json!(["forget"]),
            (_, Fate::Replaced, ..) => json!(["delete", "create"]),
            (_, Fate::Plain, None, _) => json!(["create"]),
            (_, Fate::Plain, Some(_), None) => json!(["delete"]),
            (_, Fate::Plain, Some(_), Some(_)) if same && known => json!(["no-op"]),
            (_, Fate::Plain, Some(_), Some(_)) => json!(["update"]),
        };
        let sensitive = |there: bool| if there { json!({}) } else { json!(false) };
        let mut change = Map::new();
        change.insert("actions".into(), actions);
        change.insert("before_sensitive".into(), sensitive(before.is_some()));
        change.insert("after_sensitive".into(), sensitive(after.is_some()));
        if object.fate == Fate::Replaced {
            change.insert("replace_paths".into(), self.replace_paths(object));
        }
        let before = before.and_then(|made| made.value).unwrap_or_default();
        let (after, unknown) = match after {
            Some(made) => (made.value.unwrap_or_default(), made.unknown),
            None => (Value::Null, json!({})),
        };
        let mut prior = self.head(address);
        prior.insert("values".into(), after.clone());
        prior.insert("sensitive_values".into(), json!({}));
        change.insert("before".into(), before);
        change.insert("after".into(), after);
        change.insert("after_unknown".into(), unknown);
        let mut entry = self.head(address);
        entry.insert("change".into(), Value::Object(change));
        Entry {
            change: Value::Object(entry),
            prior: Value::Object(prior),
            known,
        }
    }

    fn head(&self, address: &Address) -> Map<String, Value> {
        let mut head = Map::new();
        head.insert("address".into(), json!(address.whole()));
        if address.module.parent().is_some() {
            head.insert("module_address".into(), json!(address.module.to_string()));
        }
        head.insert("mode".into(), json!(mode(address.mode)));
        head.insert("type".into(), json!(address.resource_type));
        head.insert("name".into(), json!(address.name));
        match &address.key {
            None => {}
            Some(Index::Number(number)) => {
                head.insert("index".into(), json!(number));
            }
            Some(Index::Text(text)) => {
                head.insert("index".into(), json!(text));
            }
        }
        head.insert(
            "provider_name".into(),
            json!(full_name(provider(&address.resource_type))),
        );
        head
    }
}

/// The name of a provider in its registry.
fn full_name(provider: &str) -> String {
    match provider {
        "terraform" => "terraform.io/builtin/terraform".to_owned(),
        other => format!("registry.terraform.io/hashicorp/{other}"),
    }
}
