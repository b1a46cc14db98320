//! `resource_changes`.

use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde_json::value::RawValue;

use super::actions::{self, Actions, ActionsReader};
use super::address::{index_of, name_in};
use super::context::{Asked, Context};
use super::document::expect;
use super::excerpt::{visible, visible_address};
use super::reader::{Keys, Reader, Scalar, Seed};
use super::refusal::{Entry as Place, Refusal};
use super::sides::{Sides, sides};
use super::types::{Action, ActionList, Index, Mode, ResourceChange};
use super::values::SideReader;

/// What is kept of `resource_changes`.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) list: Vec<ResourceChange>,
    /// Whether any change carries marks of sensitive values.
    pub(super) has_marks: bool,
}

/// Reads `resource_changes`.
pub(super) struct ChangesReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ChangesReader<'_, '_> {
    type Out = Changes;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Changes, A::Error> {
        let context = self.context;
        let mut changes = Changes::default();
        let mut index = 0_usize;
        while let Some(entry) = elements.next_element_seed(Seed(EntryReader { context }))? {
            changes.has_marks |= entry.change.as_ref().is_some_and(Change::has_marks);
            let address = entry.address.text().map(str::to_owned);
            match entry.into_change(context) {
                Ok(change) => changes.list.extend(change),
                Err(wrong) => context.malformed(wrong.refusal(index, address.as_deref())),
            }
            index = index.saturating_add(1);
        }
        Ok(changes)
    }

    fn other(self, value: Scalar<'de>) -> Changes {
        expect(self.context, "resource_changes", "an array", &value);
        Changes::default()
    }
}

/// What is wrong with an entry.
enum Wrong {
    Malformed(String),
    Actions(String),
}

impl Wrong {
    fn refusal(self, index: usize, address: Option<&str>) -> Refusal {
        let entry = Place {
            index,
            address: address.map(visible_address),
        };
        match self {
            Self::Malformed(what) => Refusal::MalformedChange { entry, what },
            Self::Actions(actions) => Refusal::UnknownActions { entry, actions },
        }
    }
}

/// A field that may be missing.
#[derive(Default)]
struct Field<'de>(Option<Scalar<'de>>);

impl Field<'_> {
    fn text(&self) -> Option<&str> {
        match &self.0 {
            Some(Scalar::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// A text that must be there.
    fn required_text(&self, name: &str) -> Result<&str, Wrong> {
        match self.optional_text(name)? {
            Some(text) => Ok(text),
            None => Err(Wrong::Malformed(format!("has no `{name}`"))),
        }
    }

    /// A text that must be there.
    fn required(&self, name: &str) -> Result<String, Wrong> {
        self.required_text(name).map(str::to_owned)
    }

    /// A text that may be missing or empty.
    fn optional(&self, name: &str) -> Result<Option<Box<str>>, Wrong> {
        Ok(self.optional_text(name)?.map(Into::into))
    }

    /// A text that may be missing or empty.
    fn optional_text(&self, name: &str) -> Result<Option<&str>, Wrong> {
        match &self.0 {
            None | Some(Scalar::Null) => Ok(None),
            Some(Scalar::Text(text)) => Ok((!text.is_empty()).then_some(text.as_ref())),
            Some(other) => Err(Wrong::Malformed(format!(
                "has {} as `{name}`, not a string",
                other.shape()
            ))),
        }
    }
}

/// One entry as written.
#[derive(Default)]
struct Entry<'de> {
    not_an_object: Option<&'static str>,
    address: Field<'de>,
    module_address: Field<'de>,
    mode: Field<'de>,
    resource_type: Field<'de>,
    name: Field<'de>,
    index: Field<'de>,
    provider_name: Field<'de>,
    deposed: Field<'de>,
    previous_address: Field<'de>,
    action_reason: Field<'de>,
    change: Option<Change<'de>>,
}

struct EntryReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for EntryReader<'_, '_> {
    type Out = Entry<'de>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut entry = Entry::default();
        let mut keys = Keys::default();
        let mut waiting: Option<&'de RawValue> = None;
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            let field = match key.as_ref() {
                "address" => &mut entry.address,
                "module_address" => &mut entry.module_address,
                "mode" => &mut entry.mode,
                "type" => &mut entry.resource_type,
                "name" => &mut entry.name,
                "index" => &mut entry.index,
                "provider_name" => &mut entry.provider_name,
                "deposed" => &mut entry.deposed,
                "previous_address" => &mut entry.previous_address,
                "action_reason" => &mut entry.action_reason,
                "change" => {
                    // What is wanted depends on the type, which sorted keys put after the change.
                    if entry.resource_type.0.is_some() {
                        let reader = ChangeReader::new(context, &entry.resource_type);
                        entry.change = map.next_value_seed(Seed(reader))?;
                    } else {
                        waiting = Some(map.next_value()?);
                    }
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            field.0 = Some(map.next_value()?);
        }
        if let Some(raw) = waiting {
            let reader = ChangeReader::new(context, &entry.resource_type);
            entry.change = context.read_raw(raw, reader)?;
        }
        Ok(entry)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        Entry {
            not_an_object: Some(value.shape()),
            ..Entry::default()
        }
    }
}

impl<'de> Entry<'de> {
    /// The typed change; `None` for what is not kept.
    fn into_change(self, context: &Context<'_>) -> Result<Option<ResourceChange>, Wrong> {
        if let Some(shape) = self.not_an_object {
            return Err(Wrong::Malformed(format!("is {shape} and not an object")));
        }
        let address = self.address.required("address")?;
        let resource_type = context.shared(self.resource_type.required_text("type")?);
        let Some(mode) = self.mode()? else {
            return Ok(None);
        };
        let module_address = self.module_address.optional_text("module_address")?;
        let name = self
            .name
            .optional_text("name")?
            .unwrap_or_else(|| name_in(&address, module_address, &resource_type))
            .into();
        let index = index(self.index.0)?;
        let Some(change) = self.change else {
            return Err(Wrong::Malformed("has no `change`".to_owned()));
        };
        let actions = known_actions(&change.actions)?;
        let wanted = context.attributes(&resource_type);
        let replace_paths = change.replace_paths.clone();
        let importing = change.importing;
        let (before, after) = sides(change.sides, &actions, &address, wanted.as_deref(), context);
        Ok(Some(ResourceChange {
            module_address: module_address.map(|text| context.shared(text)),
            mode,
            name,
            index,
            provider_name: self
                .provider_name
                .optional_text("provider_name")?
                .map(|text| context.shared(text)),
            deposed: deposed(&self.deposed, &actions)?,
            previous_address: self.previous_address.optional("previous_address")?,
            action_reason: self.action_reason.optional("action_reason")?,
            actions,
            importing,
            replace_paths,
            before,
            after,
            address,
            resource_type,
        }))
    }

    /// `None` for ephemeral resources, which leave nothing behind.
    fn mode(&self) -> Result<Option<Mode>, Wrong> {
        match self.mode.optional("mode")?.as_deref() {
            None | Some("managed") => Ok(Some(Mode::Managed)),
            Some("data") => Ok(Some(Mode::Data)),
            Some("ephemeral") => Ok(None),
            Some(other) => Err(Wrong::Malformed(format!("has the unknown mode `{}`", visible(other)))),
        }
    }
}

fn index(field: Option<Scalar<'_>>) -> Result<Option<Index>, Wrong> {
    index_of(field).map_err(|shape| Wrong::Malformed(format!("has {shape} as `index`, not a whole number or a string")))
}

/// Terraform 0.12 betas wrote a boolean, and `true` for live objects too: believed only where the object goes.
fn deposed(field: &Field<'_>, actions: &[Action]) -> Result<Option<Box<str>>, Wrong> {
    match &field.0 {
        Some(Scalar::Bool(true)) if actions == [Action::Delete] => Ok(Some("true".into())),
        Some(Scalar::Bool(_)) => Ok(None),
        _ => field.optional("deposed"),
    }
}

fn known_actions(actions: &Actions) -> Result<ActionList, Wrong> {
    match actions {
        Actions::Known(known) => Ok(known.clone()),
        Actions::Missing => Err(Wrong::Malformed("has no actions".to_owned())),
        Actions::Misshapen(shape) => Err(Wrong::Malformed(format!(
            "has {shape} as `actions`, not an array of strings"
        ))),
        Actions::Unknown(written) => Err(Wrong::Actions(written.clone())),
    }
}

/// `change` as written.
#[derive(Default)]
struct Change<'de> {
    actions: Actions,
    sides: Sides,
    importing: bool,
    replace_paths: Vec<String>,
    keys: Keys<'de>,
}

impl Change<'_> {
    fn has_marks(&self) -> bool {
        self.keys.contains("before_sensitive") || self.keys.contains("after_sensitive")
    }
}

struct ChangeReader<'c, 't> {
    context: &'c Context<'t>,
    wanted: Option<Asked<'t>>,
}

impl<'c, 't> ChangeReader<'c, 't> {
    fn new(context: &'c Context<'t>, resource_type: &Field<'_>) -> Self {
        let wanted = resource_type.text().and_then(|name| context.attributes(name));
        Self { context, wanted }
    }
}

impl<'de> Reader<'de> for ChangeReader<'_, '_> {
    type Out = Option<Change<'de>>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let mut change = Change::default();
        let mut keys = Keys::default();
        while let Some(key) = self.context.next_key(&mut map, &mut keys)? {
            let marks = !matches!(key.as_ref(), "before" | "after");
            let side = match key.as_ref() {
                "before" => &mut change.sides.before,
                "after" => &mut change.sides.after,
                "after_unknown" => &mut change.sides.after_unknown,
                "before_sensitive" => &mut change.sides.before_sensitive,
                "after_sensitive" => &mut change.sides.after_sensitive,
                "actions" => {
                    change.actions = map.next_value_seed(Seed(ActionsReader))?;
                    continue;
                }
                "importing" => {
                    let importing: Scalar<'_> = map.next_value()?;
                    change.importing = !matches!(importing, Scalar::Null | Scalar::Bool(false));
                    continue;
                }
                "replace_paths" => {
                    change.replace_paths = map.next_value_seed(Seed(actions::PathsReader))?;
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let reader = SideReader {
                wanted: self.wanted.as_deref(),
                marks,
            };
            *side = map.next_value_seed(Seed(reader))?;
        }
        change.keys = keys;
        Ok(Some(change))
    }

    fn other(self, _: Scalar<'de>) -> Self::Out {
        None
    }
}
