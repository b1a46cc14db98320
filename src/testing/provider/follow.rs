//! Where a path leads in a schema.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Collection, Found, Members, Schema, Shape};
use crate::model::path::{Filter, Operand, Path, PathStep, Selector};
use crate::policy::uses::Start;
use crate::policy::yaml::suggest;

/// The names that are listed where none is close to what was written.
const LISTED: usize = 12;

/// Why a path leads nowhere, and which part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub message: String,
    /// Whether a name is not there, which other types may have.
    pub missing: bool,
    /// Whether a name like it is there.
    pub close: bool,
    /// What to write instead.
    pub help: String,
    /// Characters of the path before what is wrong.
    pub offset: usize,
    /// How many characters are wrong.
    pub width: usize,
}

impl Schema {
    /// What stands at the end of a path in a type that the schema has.
    ///
    /// # Errors
    /// Where the path leads nowhere.
    pub fn follow(&self, start: &Start, path: &Path) -> Result<Vec<Found<'_>>, Trouble> {
        let members = self.types.get(&start.resource_type).ok_or_else(|| Trouble {
            message: format!("there is no resource type `{}`", start.resource_type),
            missing: false,
            close: false,
            help: String::new(),
            offset: 0,
            width: 1,
        })?;
        self.follow_in(&start.resource_type, members, &start.base, path)
    }

    pub(super) fn follow_in<'s>(
        &self,
        resource_type: &str,
        members: &'s Members,
        base: &[Path],
        path: &Path,
    ) -> Result<Vec<Found<'s>>, Trouble> {
        let mut found = vec![Found::resource(members)];
        let mut place = "$".to_owned();
        for path in base.iter().chain([path]) {
            let text = path.to_string();
            let mut walk = Walk {
                resource_type,
                text: &text,
                at: 0,
            };
            (found, place) = walk.steps(found, place, path.steps())?;
        }
        Ok(found)
    }
}

/// A walk along a path.
struct Walk<'t> {
    resource_type: &'t str,
    text: &'t str,
    /// How far it came in the text, in bytes.
    at: usize,
}

/// What was found, and the path there.
type Reached<'s> = (Vec<Found<'s>>, String);

impl Walk<'_> {
    fn steps<'s>(&mut self, from: Vec<Found<'s>>, place: String, steps: &[PathStep]) -> Result<Reached<'s>, Trouble> {
        let mut reached = (from, place);
        let mut before: Option<(Vec<Found<'s>>, String, usize)> = None;
        for step in steps {
            let (from, place) = &reached;
            let start = self.at;
            let next = match step {
                PathStep::Name(name) => match self.name(from, place, name) {
                    Err(trouble) => return Err(self.one_block(before, name).unwrap_or(trouble)),
                    Ok(next) => (next, format!("{place}.{name}")),
                },
                PathStep::Index(_) => (self.elements(from, place, false)?, format!("{place}[*]")),
                PathStep::Wildcard => (self.elements(from, place, true)?, format!("{place}[*]")),
                PathStep::Several(selectors) => self.selected(from, place, selectors)?,
                PathStep::Descendants(selectors) => {
                    let all: Vec<Found<'s>> = from.iter().flat_map(|one| one.all()).collect();
                    self.descended(&all, place, selectors)?
                }
            };
            before =
                matches!(step, PathStep::Index(_) | PathStep::Wildcard).then(|| (from.clone(), place.clone(), start));
            reached = next;
        }
        Ok(reached)
    }

    fn name<'s>(&mut self, from: &[Found<'s>], place: &str, name: &str) -> Result<Vec<Found<'s>>, Trouble> {
        let offset = self.find_name(name);
        let found: Vec<Found<'s>> = from.iter().filter_map(|one| one.member(name)).collect();
        match found.is_empty() {
            true => Err(self.no_member(from, place, name, offset)),
            false => Ok(found),
        }
    }

    fn elements<'s>(&mut self, from: &[Found<'s>], place: &str, members: bool) -> Result<Vec<Found<'s>>, Trouble> {
        let (offset, width) = self.find_bracket();
        let found: Vec<Found<'s>> = from.iter().flat_map(|one| one.elements(members)).collect();
        if !found.is_empty() || from.iter().any(|one| one.members().is_some_and(Members::is_empty)) {
            return Ok(found);
        }
        let what = from
            .first()
            .and_then(Found::shape)
            .map(Shape::title)
            .unwrap_or_default();
        let message = format!("{} is {what}, and no list", self.whole(place));
        let part: String = self.text.chars().skip(offset).take(width).collect();
        Err(self.trouble(message, format!("leave `{part}` out"), (offset, width)))
    }

    /// What any of the selectors selects; each must select something.
    fn selected<'s>(
        &mut self,
        from: &[Found<'s>],
        place: &str,
        selectors: &[Selector],
    ) -> Result<Reached<'s>, Trouble> {
        let mut all = Vec::new();
        for selector in selectors {
            all.extend(match selector {
                Selector::Name(name) => self.name(from, place, name)?,
                Selector::Index(_) | Selector::Slice(_) => self.elements(from, place, false)?,
                Selector::Wildcard => self.elements(from, place, true)?,
                Selector::Filter(filter) => {
                    let elements = self.elements(from, place, true)?;
                    self.filter(&elements, &format!("{place}[*]"), filter)?;
                    elements
                }
            });
        }
        let names = selectors.iter().map(|one| match one {
            Selector::Name(name) => Some(name.as_str()),
            _ => None,
        });
        let names: Option<Vec<&str>> = names.collect();
        let step = match names.as_deref() {
            Some([one]) => format!(".{one}"),
            Some(several) => format!("['{}']", several.join("','")),
            None => "[*]".to_owned(),
        };
        Ok((all, format!("{place}{step}")))
    }

    /// As [`Walk::selected`], of a node and everything inside it.
    fn descended<'s>(
        &mut self,
        all: &[Found<'s>],
        place: &str,
        selectors: &[Selector],
    ) -> Result<Reached<'s>, Trouble> {
        let mut found = Vec::new();
        let place = format!("{place}.");
        for selector in selectors {
            found.extend(match selector {
                Selector::Name(name) => self.name(all, &place, name)?,
                Selector::Index(_) | Selector::Slice(_) => self.elements(all, &place, false)?,
                Selector::Wildcard => self.elements(all, &place, true)?,
                Selector::Filter(filter) => {
                    let elements = self.elements(all, &place, true)?;
                    self.filter(&elements, &format!("{place}[*]"), filter)?;
                    elements
                }
            });
        }
        Ok((found, format!("{place}[*]")))
    }

    fn filter(&mut self, from: &[Found<'_>], place: &str, filter: &Filter) -> Result<(), Trouble> {
        match filter {
            Filter::All(several) | Filter::Any(several) => {
                several.iter().try_for_each(|one| self.filter(from, place, one))
            }
            Filter::Not(one) => self.filter(from, place, one),
            Filter::Exists(query) => self.query(from, place, query),
            Filter::Compare(left, _, right) => {
                self.operand(from, place, left)?;
                self.operand(from, place, right)
            }
            Filter::Matches(operand, _) => self.operand(from, place, operand),
        }
    }

    fn operand(&mut self, from: &[Found<'_>], place: &str, operand: &Operand) -> Result<(), Trouble> {
        match operand {
            Operand::Literal(Value::String(text)) => {
                self.pass(text);
                Ok(())
            }
            Operand::Literal(_) => Ok(()),
            Operand::Node(query) | Operand::Count(query) | Operand::Only(query) => self.query(from, place, query),
            Operand::Length(inner) => self.operand(from, place, inner),
        }
    }

    fn query(&mut self, from: &[Found<'_>], place: &str, query: &[PathStep]) -> Result<(), Trouble> {
        self.steps(from.to_vec(), place.to_owned(), query).map(|_| ())
    }

    fn no_member(&self, from: &[Found<'_>], place: &str, name: &str, offset: usize) -> Trouble {
        let at = (offset, name.chars().count());
        let whole = self.whole(place);
        let members: Vec<&Members> = from.iter().filter_map(Found::members).collect();
        let Some(known) = members.first() else {
            return self.no_holder(from, place, name, at);
        };
        if known.is_empty() && place == "$" {
            let message = format!("the schema names {whole}, and none of its attributes");
            let help = "give a schema that has them: the output of `terraform providers schema -json`";
            return self.trouble(message, help.to_owned(), at);
        }
        let names: BTreeSet<&str> = members.iter().flat_map(|of| of.keys()).map(String::as_str).collect();
        let below = || members.iter().find_map(|of| below(of, name, place));
        let close = suggest(name, names.iter().copied());
        let help = match &close {
            Some(close) => format!("did you mean `{close}`?"),
            None => match below() {
                Some(path) => format!("there is one of that name further inside: `{path}`"),
                None => listed(&names),
            },
        };
        let message = match place.ends_with('.') {
            true => format!(
                "nothing inside {} is called `{name}`",
                self.whole(place.trim_end_matches('.'))
            ),
            false => format!("{whole} has no attribute `{name}`"),
        };
        Trouble {
            missing: true,
            close: close.is_some(),
            ..self.trouble(message, help, at)
        }
    }

    /// A name is asked of what has no names.
    fn no_holder(&self, from: &[Found<'_>], place: &str, name: &str, at: (usize, usize)) -> Trouble {
        let whole = self.whole(place);
        let shape = from.first().and_then(Found::shape);
        let what = shape.map(Shape::title).unwrap_or_default();
        match shape {
            Some(Shape::Several(..)) => {
                let message = format!("{whole} is {what}, and has no `{name}` itself");
                let written: String = self.text.chars().take(at.0).collect();
                let written = written.trim_end_matches(['.', '[', '\'', '"']);
                let help = format!("write `{written}[*].{name}`, where `[*]` stands for each of them");
                self.trouble(message, help, at)
            }
            _ => {
                let message = format!("{whole} is {what}, and has nothing in it");
                let help =
                    format!("ask of `{place}` itself; a text that is a document is asked with `read_as` and `where`");
                self.trouble(message, help, at)
            }
        }
    }

    /// Elements were asked of one block that has the name itself.
    fn one_block(&self, before: Option<(Vec<Found<'_>>, String, usize)>, name: &str) -> Option<Trouble> {
        let (from, place, start) = before?;
        let has = from.iter().any(|one| one.member(name).is_some());
        let what = from
            .iter()
            .find_map(|one| one.shape().filter(|_| has))
            .map(Shape::title)?;
        let mut walk = Self { at: start, ..*self };
        let at = walk.find_bracket();
        let message = format!("{} is {what}, and no list", self.whole(&place));
        Some(self.trouble(message, format!("leave `[*]` out: `{place}.{name}`"), at))
    }

    /// `aws_kms_key`, or `$.rule[*]` of it.
    fn whole(&self, place: &str) -> String {
        match place {
            "$" => format!("`{}`", self.resource_type),
            inside => format!("`{inside}` of `{}`", self.resource_type),
        }
    }

    fn trouble(&self, message: String, help: String, (offset, width): (usize, usize)) -> Trouble {
        Trouble {
            message,
            missing: false,
            close: false,
            help,
            offset,
            width,
        }
    }

    /// Where a name stands, in characters.
    fn find_name(&mut self, name: &str) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let found = rest.match_indices(name).find(|(start, _)| {
            let before = rest.get(..*start).unwrap_or_default();
            before.ends_with(['.', '\'', '"'])
        });
        // Written with escapes, it is looked for in vain.
        let start = found.map_or(self.at, |(start, _)| self.at.saturating_add(start));
        self.at = found.map_or(self.at, |_| start.saturating_add(name.len()));
        self.characters(start)
    }

    /// Where the next `[…]` or `*` stands, in characters, and how many it has.
    fn find_bracket(&mut self) -> (usize, usize) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let start = rest.find(['[', '*']).unwrap_or_default();
        let part = rest.get(start..).unwrap_or_default();
        let plain = part.split_once(']').map(|(inner, _)| inner.len().saturating_add(1));
        let length = match part.starts_with('[') {
            // Of a filter, only its beginning.
            true if part.starts_with("[?") => 2,
            true => plain.unwrap_or(1),
            false => 1,
        };
        let start = self.at.saturating_add(start);
        self.at = start.saturating_add(length).min(self.text.len());
        let width = self.text.get(start..self.at).unwrap_or_default().chars().count();
        (self.characters(start), width)
    }

    /// Goes on behind a text.
    fn pass(&mut self, text: &str) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if let Some(start) = rest.find(text) {
            self.at = self.at.saturating_add(start).saturating_add(text.len());
        }
    }

    fn characters(&self, bytes: usize) -> usize {
        self.text.get(..bytes).unwrap_or_default().chars().count()
    }
}

/// The path to the first attribute of a name inside these.
fn below(members: &Members, name: &str, place: &str) -> Option<String> {
    let inner = |field: &str, shape: &Shape| {
        let mut path = format!("{place}.{field}");
        let mut shape = shape.clone();
        while let Shape::Several(collection, of) = shape {
            if collection == Collection::Map {
                return None;
            }
            path.push_str("[*]");
            shape = *of;
        }
        match shape {
            Shape::Members { of, .. } => Some((path, of)),
            _ => None,
        }
    };
    let inside: Vec<(String, Members)> = members
        .iter()
        .filter_map(|(field, one)| inner(field, &one.shape))
        .collect();
    let here = inside
        .iter()
        .find(|(_, of)| of.contains_key(name))
        .map(|(path, _)| format!("{path}.{name}"));
    here.or_else(|| inside.iter().find_map(|(path, of)| below(of, name, path)))
}

fn listed(names: &BTreeSet<&str>) -> String {
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(shown.len());
    match more {
        0 => format!("it has {}", shown.join(", ")),
        more => format!("it has {} and {more} more", shown.join(", ")),
    }
}
