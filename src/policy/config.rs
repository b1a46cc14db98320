//! The configuration file, `planseal.yaml`: what an organisation tells planseal of itself.

use super::known::KnownKeys;
use super::load::Source;
use super::schema::ConfigDoc;
use super::yaml::{self, Diagnostics, Kind, Node, from_node_to_check};
use super::{Policies, compile};

/// What the file may be called, in a folder.
pub const FILE_NAMES: [&str; 2] = ["planseal.yaml", ".planseal.yaml"];

/// A checked configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Keys outside the plans.
    pub known_keys: KnownKeys,
}

/// Reads a configuration, and checks it against the policies that it is used with. A file that holds nothing, or only
/// comments, sets nothing.
///
/// # Errors
/// Every error in the file, with its place.
pub fn read(source: &Source, policies: &Policies) -> Result<Config, Diagnostics> {
    let mut errors = Diagnostics::new();
    let Source { file, text } = source;
    errors.sources_mut().insert(file.as_str(), text.as_str());
    let root = yaml::load(file, text, &mut |error| errors.push(error));
    let config = match root {
        Some(root) if root.kind == Kind::Null => Config::default(),
        Some(root) => from_node_to_check::<ConfigDoc>(file, &root, &mut errors)
            .map(|doc| compile::config(file, doc, policies, &mut errors))
            .unwrap_or_default(),
        None => Config::default(),
    };
    if errors.is_empty() { Ok(config) } else { Err(errors) }
}

/// Reads a configuration that stands inside another file; what is wrong goes into `errors`.
pub fn read_part(file: &str, node: &Node, policies: &Policies, errors: &mut Diagnostics) -> Option<Config> {
    let doc = from_node_to_check::<ConfigDoc>(file, node, errors)?;
    Some(compile::config(file, doc, policies, errors))
}

impl Policies {
    /// These policies as they are in force under a configuration.
    #[must_use]
    pub fn under(&self, config: Config) -> Self {
        Self {
            known_keys: config.known_keys,
            ..self.clone()
        }
    }
}
