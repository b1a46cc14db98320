//! What the readers of one document share: where they are, what is wanted, what they noticed.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashSet};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Error, MapAccess};
use serde_json::value::RawValue;

use super::excerpt::visible_address;
use super::reader::{Key, Keys, Reader, Seed};
use super::refusal::Refusal;
use super::types::{Attributes, Wanted};

/// Why reading a document was given up, and where in the whole text.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) offset: Option<usize>,
    pub(super) what: Why,
}

/// The kinds of [`Fault`].
#[derive(Debug)]
pub(super) enum Why {
    Duplicate(String),
    Json(serde_json::Error),
}

/// An oddity that does not stop a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Oddity {
    /// Actions and values contradict each other.
    Inconsistent,
    /// Values that are no object.
    NoObject,
}

impl Oddity {
    fn sentence(self) -> &'static str {
        match self {
            Self::Inconsistent => "actions and values contradict each other, judged by `after`:",
            Self::NoObject => "values are not an object (redacted?), read as no values:",
        }
    }
}

/// Addresses that one note names before it counts.
const NAMED: usize = 3;

/// Shared by the readers of one document.
pub(super) struct Context<'t> {
    /// The whole decoded text, which may hold several documents.
    pub(super) text: &'t str,
    pub(super) wanted: &'t Wanted,
    fault: Cell<Option<Fault>>,
    malformed: Cell<Option<Refusal>>,
    oddities: RefCell<BTreeMap<Oddity, Vec<String>>>,
    /// Texts that occur again and again: types, providers, modules.
    shared: RefCell<HashSet<Arc<str>>>,
    /// What is wanted of the types that were met, where patterns have a say.
    asked: RefCell<FxHashMap<Box<str>, Option<Rc<Attributes>>>>,
}

/// What is wanted of a type.
#[derive(Debug, Clone)]
pub(super) enum Asked<'t> {
    /// Of that type alone.
    Named(&'t Attributes),
    /// Put together from patterns.
    Made(Rc<Attributes>),
}

impl Deref for Asked<'_> {
    type Target = Attributes;
    fn deref(&self) -> &Attributes {
        match self {
            Self::Named(attributes) => attributes,
            Self::Made(attributes) => attributes,
        }
    }
}

impl<'t> Context<'t> {
    pub(super) fn new(text: &'t str, wanted: &'t Wanted) -> Self {
        Self {
            text,
            wanted,
            fault: Cell::new(None),
            malformed: Cell::new(None),
            oddities: RefCell::new(BTreeMap::new()),
            shared: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    /// The attributes that are wanted of a type, where any are.
    pub(super) fn attributes(&self, resource_type: &str) -> Option<Asked<'t>> {
        if let Ok(named) = self.wanted.without_patterns(resource_type) {
            return named.map(Asked::Named);
        }
        let make = || {
            self.wanted
                .attributes(resource_type)
                .map(|all| Rc::new(all.into_owned()))
        };
        let Ok(mut asked) = self.asked.try_borrow_mut() else {
            return make().map(Asked::Made);
        };
        if let Some(known) = asked.get(resource_type) {
            return known.clone().map(Asked::Made);
        }
        let made = make();
        asked.insert(resource_type.into(), made.clone());
        made.map(Asked::Made)
    }

    /// A text of which there is one copy only.
    pub(super) fn shared(&self, text: &str) -> Arc<str> {
        let Ok(mut shared) = self.shared.try_borrow_mut() else {
            return text.into();
        };
        if let Some(known) = shared.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        shared.insert(Arc::clone(&new));
        new
    }

    /// The next key of an object of the plan's own structure.
    ///
    /// # Errors
    /// For a key that is there already, with a [`Fault`].
    pub(super) fn next_key<'de, A: MapAccess<'de>>(
        &self,
        map: &mut A,
        keys: &mut Keys<'de>,
    ) -> Result<Option<Cow<'de, str>>, A::Error> {
        let Some(Key(key)) = map.next_key()? else {
            return Ok(None);
        };
        if keys.insert(key.clone()) {
            return Ok(Some(key));
        }
        let offset = match &key {
            // The key's quote stands before its text.
            Cow::Borrowed(text) => self.offset_of(text).map(|at| at.saturating_sub(1)),
            Cow::Owned(_) => None,
        };
        self.give_up(Fault {
            offset,
            what: Why::Duplicate(key.into_owned()),
        });
        Err(A::Error::custom("duplicate key"))
    }

    /// Reads a part of the document that had to wait for a key that came after it.
    ///
    /// # Errors
    /// As `reader`, with a [`Fault`] in the coordinates of the whole text.
    pub(super) fn read_raw<'de, R: Reader<'de>, E: Error>(&self, raw: &'de RawValue, reader: R) -> Result<R::Out, E> {
        let part = raw.get();
        let mut deserializer = serde_json::Deserializer::from_str(part);
        Seed(reader).deserialize(&mut deserializer).map_err(|error| {
            let within = offset_in(part, error.line(), error.column());
            let offset = self.offset_of(part).map(|start| start.saturating_add(within));
            self.give_up(Fault {
                offset,
                what: Why::Json(error),
            });
            E::custom("part")
        })
    }

    /// Keeps the first fault: the later ones are its echo in the enclosing parts.
    fn give_up(&self, fault: Fault) {
        let first = self.fault.take().unwrap_or(fault);
        self.fault.set(Some(first));
    }

    pub(super) fn take_fault(&self) -> Option<Fault> {
        self.fault.take()
    }

    /// Records that a part does not follow the format. The first one counts, and only where the document is a plan.
    pub(super) fn malformed(&self, refusal: Refusal) {
        let first = self.malformed.take().unwrap_or(refusal);
        self.malformed.set(Some(first));
    }

    pub(super) fn take_malformed(&self) -> Option<Refusal> {
        self.malformed.take()
    }

    /// Records an oddity of the resource at `address`.
    pub(super) fn odd(&self, oddity: Oddity, address: &str) {
        if let Ok(mut oddities) = self.oddities.try_borrow_mut() {
            oddities.entry(oddity).or_default().push(address.to_owned());
        }
    }

    /// The oddities as sentences.
    pub(super) fn notes(&self) -> Vec<String> {
        let Ok(oddities) = self.oddities.try_borrow() else {
            return Vec::new();
        };
        oddities
            .iter()
            .map(|(oddity, addresses)| format!("{} {}", oddity.sentence(), named(addresses)))
            .collect()
    }

    /// Where `part` starts, if it is a part of the text and no copy.
    fn offset_of(&self, part: &str) -> Option<usize> {
        let offset = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        (offset <= self.text.len()).then_some(offset)
    }
}

/// The first few of `addresses`, and how many more there are.
pub(super) fn named(addresses: &[String]) -> String {
    let mut list: Vec<String> = addresses
        .iter()
        .take(NAMED)
        .map(|address| format!("`{}`", visible_address(address)))
        .collect();
    let more = addresses.len().saturating_sub(NAMED);
    if more > 0 {
        list.push(format!("{more} more"));
    }
    list.join(", ")
}

/// The byte offset of a line and a column as the JSON library counts them: from 1, columns in bytes.
pub(super) fn offset_in(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(newline) => memchr::memchr_iter(b'\n', text.as_bytes())
            .nth(newline)
            .map_or(text.len(), |at| at.saturating_add(1)),
    };
    start.saturating_add(column.saturating_sub(1)).min(text.len())
}
