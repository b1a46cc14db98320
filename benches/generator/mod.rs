//! Plans of any size from the real plans in testdata.
//!
//! A generated plan is what Terraform would show of one root module that calls the configurations of testdata as
//! modules, many times over. Every resource, expression and mark in it was written by Terraform; a copy has addresses,
//! names and identifiers of its own, so that what refers to something refers to something in the same copy. The same
//! size gives the same bytes.

mod address;
mod call;
mod document;
pub(crate) mod identity;
mod node;
mod template;
mod unit;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, bail};

use node::Node;
use unit::{Source, Unit};

/// The plans that are multiplied, in the order of their names, as Terraform lists modules.
const SOURCES: [Source; 5] = [
    Source {
        module: "launch",
        plan: "bench/service/00-create.json",
        marker: "storefront",
        for_each: false,
        drifts: false,
        share: 1,
    },
    Source {
        module: "network",
        plan: "bench/network/01-noop.json",
        marker: "landscape",
        for_each: false,
        drifts: false,
        share: 5,
    },
    Source {
        module: "release",
        plan: "bench/service/02-change.json",
        marker: "storefront",
        for_each: false,
        drifts: false,
        share: 1,
    },
    Source {
        module: "service",
        plan: "bench/service/01-noop.json",
        marker: "storefront",
        for_each: false,
        drifts: false,
        share: 13,
    },
    // The one with violations: some stood before, some come with the change.
    Source {
        module: "tenant",
        plan: "history/02-update.json",
        marker: "history",
        for_each: true,
        drifts: true,
        share: 1,
    },
];

/// A number of bytes, written as `10MB`, `500kB` or `1234`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Size(pub(crate) usize);

impl FromStr for Size {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim_end_matches(|character: char| character.is_ascii_alphabetic());
        let unit = match text.get(digits.len()..) {
            Some("MB") => 1_000_000,
            Some("kB") => 1_000,
            Some("" | "B") => 1,
            _ => bail!("`{text}` is no size; write it as 10MB, 500kB or 1234"),
        };
        let number: usize = digits.parse().with_context(|| format!("`{text}` is no size"))?;
        number.checked_mul(unit).map(Self).context("the size is too large")
    }
}

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes >= 1_000_000 && bytes % 1_000_000 == 0 => write!(formatter, "{}MB", bytes / 1_000_000),
            bytes if bytes >= 1_000 && bytes % 1_000 == 0 => write!(formatter, "{}kB", bytes / 1_000),
            bytes => write!(formatter, "{bytes}B"),
        }
    }
}

/// One copy of a unit in a plan.
#[derive(Debug, Clone, Copy)]
struct Copy {
    unit: usize,
    number: usize,
}

/// What plans are made of.
#[derive(Debug)]
pub(crate) struct Generator {
    /// One for each source, in their order.
    units: Vec<Unit>,
    /// The head of the first plan: versions and the provider of the root.
    head: document::Head,
}

impl Generator {
    /// Reads the plans in `testdata`.
    pub(crate) fn new(testdata: &Path) -> anyhow::Result<Self> {
        let mut units = Vec::new();
        let mut head = None;
        for source in SOURCES {
            let path = testdata.join(source.plan);
            let text = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let plan: Node = serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
            head = Some(document::Head::of(&plan));
            units.push(Unit::new(source, plan)?);
        }
        let head = head.context("there are no sources")?;
        Ok(Self { units, head })
    }

    /// Writes the plan of `size`, or a little less: copies are whole. The smallest has one of each, about 1 MB.
    pub(crate) fn write(&self, size: Size, out: &mut impl Write) -> io::Result<()> {
        document::write(&self.units, &self.head, &self.copies(size), out)
    }

    fn copies(&self, size: Size) -> Vec<Copy> {
        let mut copies: Vec<Copy> = (0..self.units.len()).map(|unit| Copy { unit, number: unit }).collect();
        let smallest: usize = self.units.iter().map(Unit::len).sum();
        let mut left = size.0.saturating_sub(document::overhead(&self.units) + smallest);
        loop {
            let before = copies.len();
            for (unit, length) in self.units.iter().map(Unit::len).enumerate() {
                let share = self.units.get(unit).map_or(0, |unit| unit.source.share);
                let fitting = left.checked_div(length).unwrap_or(0).min(share);
                left -= fitting * length;
                let numbers = copies.len()..copies.len() + fitting;
                copies.extend(numbers.map(|number| Copy { unit, number }));
            }
            if copies.len() == before {
                copies.sort_by_key(|copy| (copy.unit, copy.number));
                return copies;
            }
        }
    }
}
