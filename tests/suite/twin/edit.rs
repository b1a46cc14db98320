//! Changes to the good twin's plan as its author would make them: values and configuration stay a plan Terraform could write.

use serde_json::{Map, Value, json};

use crate::common::testdata;

#[derive(Clone, PartialEq)]
pub(super) struct Twin(pub(super) Value);

impl Twin {
    pub(super) fn good() -> Self {
        let bytes = std::fs::read(testdata().join("seed-good/plan.json")).unwrap();
        Self(serde_json::from_slice(&bytes).unwrap())
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).unwrap()
    }

    /// The values and actions of a resource.
    pub(super) fn change(&mut self, address: &str) -> &mut Value {
        let changes = self.0["resource_changes"].as_array_mut().unwrap();
        let found = changes.iter_mut().find(|change| change["address"] == address);
        &mut found.unwrap_or_else(|| panic!("no {address}"))["change"]
    }

    /// A configured resource; keys stand in their module, once for all of them.
    fn block(&mut self, address: &str) -> &mut Value {
        let root = &mut self.0["configuration"]["root_module"];
        let (module, address) = match address.rsplit_once("].") {
            Some((_, inner)) => (&mut root["module_calls"]["key"]["module"], inner),
            None => (root, address),
        };
        let resources = module["resources"].as_array_mut().unwrap();
        let found = resources.iter_mut().find(|resource| resource["address"] == address);
        found.unwrap_or_else(|| panic!("no {address} is configured"))
    }

    /// What the author wrote for a resource.
    pub(super) fn expressions(&mut self, address: &str) -> &mut Value {
        &mut self.block(address)["expressions"]
    }

    /// The author writes a value.
    pub(super) fn set(&mut self, address: &str, path: &str, value: Value) {
        put(self.expressions(address), path, expression(&value));
        self.becomes(address, path, value);
    }

    /// The author writes nothing, and the plan shows null.
    pub(super) fn unset(&mut self, address: &str, path: &str) {
        take(self.expressions(address), path);
        self.becomes(address, path, Value::Null);
    }

    /// The author writes nothing, and the provider computes the value.
    pub(super) fn leave_to_aws(&mut self, address: &str, path: &str) {
        take(self.expressions(address), path);
        self.is_unknown(address, path);
    }

    /// The author writes a reference to something that this plan creates.
    pub(super) fn refer(&mut self, address: &str, path: &str, to: &str) {
        put(self.expressions(address), path, references(to));
        self.is_unknown(address, path);
    }

    /// The author names another key of the module: one that does not exist yet.
    pub(super) fn use_key(&mut self, address: &str, path: &str, key: &str) {
        self.refer(address, path, &format!("module.key[\"{key}\"].arn"));
    }

    /// One key's attribute changes through the map that the module is called with.
    pub(super) fn set_on_key(&mut self, key: &str, attribute: &str, value: Value) {
        let address = key_address(key);
        put(
            self.expressions(&address),
            attribute,
            references(&format!("var.{attribute}")),
        );
        let call = &mut self.0["configuration"]["root_module"]["module_calls"]["key"];
        call["expressions"][attribute] = json!({ "references": [format!("each.value.{attribute}"), "each.value"] });
        call["module"]["variables"][attribute] = json!({});
        self.becomes(&address, attribute, value);
    }

    /// The category tag of a store or key: another one, or none.
    pub(super) fn tag(&mut self, address: &str, category: Option<&str>) {
        let tags = category.map_or(Value::Null, |category| json!({ "data-class": category }));
        if !address.starts_with("module.") {
            match category {
                Some(_) => put(self.expressions(address), "tags", expression(&tags)),
                None => take(self.expressions(address), "tags"),
            }
        }
        self.becomes(address, "tags", tags);
        match category {
            Some(category) => self.becomes(address, "tags_all/data-class", category.into()),
            None => take(&mut self.change(address)["after"], "tags_all/data-class"),
        }
    }

    pub(super) fn tag_key(&mut self, key: &str, category: Option<&str>) {
        self.tag(&key_address(key), category);
    }

    /// Takes a resource out of the plan and out of the configuration.
    pub(super) fn remove(&mut self, address: &str) {
        for list in ["/resource_changes", "/configuration/root_module/resources"] {
            let list = self.0.pointer_mut(list).unwrap().as_array_mut().unwrap();
            let count = list.len();
            list.retain(|one| one["address"] != address);
            assert_eq!(list.len() + 1, count, "{address}");
        }
    }

    /// A value after, known now; where the resource stands already this is an update.
    pub(super) fn becomes(&mut self, address: &str, path: &str, value: Value) {
        let change = self.change(address);
        take(&mut change["after_unknown"], path);
        put(&mut change["after"], path, value);
        updated(change);
    }

    fn is_unknown(&mut self, address: &str, path: &str) {
        let change = self.change(address);
        take(&mut change["after"], path);
        put(&mut change["after_unknown"], path, true.into());
        updated(change);
    }
}

fn updated(change: &mut Value) {
    if change["actions"] == json!(["no-op"]) {
        change["actions"] = json!(["update"]);
    }
}

pub(super) fn key_address(key: &str) -> String {
    format!("module.key[\"{key}\"].aws_kms_key.this")
}

/// A reference as plans write it: itself and the resource or module that it leads to.
fn references(to: &str) -> Value {
    match to.starts_with("var.") {
        true => json!({ "references": [to] }),
        false => json!({ "references": [to, to.rsplit_once('.').unwrap().0] }),
    }
}

/// A literal as plans write it; blocks are lists of objects of expressions.
fn expression(value: &Value) -> Value {
    match value {
        Value::Array(blocks) if blocks.iter().all(Value::is_object) => blocks
            .iter()
            .map(|block| {
                block
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(name, value)| (name.clone(), expression(value)))
                    .collect()
            })
            .map(Value::Object)
            .collect(),
        literal => json!({ "constant_value": literal }),
    }
}

/// Puts a value at `a/0/b`; what leads to it is made where it is missing.
fn put(root: &mut Value, path: &str, value: Value) {
    let mut place = root;
    for step in path.split('/') {
        place = match step.parse::<usize>() {
            Ok(index) => {
                if !place.is_array() {
                    *place = json!([]);
                }
                let list = place.as_array_mut().unwrap();
                while list.len() <= index {
                    list.push(json!({}));
                }
                &mut list[index]
            }
            Err(_) => {
                if !place.is_object() {
                    *place = json!({});
                }
                let object: &mut Map<String, Value> = place.as_object_mut().unwrap();
                object.entry(step).or_insert(Value::Null)
            }
        };
    }
    *place = value;
}

/// Takes the member at `a/0/b` away, where it is there.
fn take(root: &mut Value, path: &str) {
    let (holder, member) = path.rsplit_once('/').unwrap_or(("", path));
    let pointer = if holder.is_empty() {
        String::new()
    } else {
        format!("/{holder}")
    };
    if let Some(object) = root.pointer_mut(&pointer).and_then(Value::as_object_mut) {
        object.remove(member);
    }
}
