//! Judging plans through the library, as `planseal check` does.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use planseal::eval::category::CategoryFound;
use planseal::eval::gate::Settings;
use planseal::eval::waiver::{Circumstances, Ledger};
use planseal::eval::{self, Facts, evaluate};
use planseal::model::{Model, Side};
use planseal::plan::{self, Plan, Wanted};
use planseal::policy::Policies;
use planseal::policy::condition::CategoryEvidence;
use planseal::policy::config::Config;
use planseal::policy::load::Files;
use planseal::policy::yaml::Diagnostics;
use planseal::report::build::Builder;
use planseal::report::v1::Report;
use planseal::source::Source;

/// The built-in policies as they are read.
pub(crate) static FILES: LazyLock<Files> = LazyLock::new(|| Files::read(&[], false));

/// The built-in policies.
pub(crate) static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
    let compiled = FILES.without_configuration();
    compiled.unwrap_or_else(|errors| panic!("{}", errors.render(false)))
});

/// The day on which the plans of testdata are judged.
pub(crate) const TODAY: Date = date(2026, 6, 1);

/// What the built-in policies and a source need of a plan.
pub(crate) static WANTED: LazyLock<Wanted> = LazyLock::new(|| {
    let mut wanted = POLICIES.wanted();
    wanted.relevant = true;
    wanted
});

/// A judged plan.
pub(crate) struct Judged {
    pub report: Report,
    /// The after-level of every store that lives after; `undetermined` where it is.
    pub levels: BTreeMap<String, String>,
    /// The category that every such store is judged by; `unclassified` and `undetermined` where it is.
    pub categories: BTreeMap<String, String>,
}

pub(crate) fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata")
}

/// Folders of testdata whose plans have expectations of another kind, or none.
const OTHERS: [&str; 5] = ["bench", "github", "provider-schema", "relations", "resolution"];

/// Every plan of testdata that has an expectation beside it, by path.
pub(crate) fn plans() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders(&testdata()) {
        if OTHERS.contains(&label(&folder).as_str()) {
            continue;
        }
        found.extend(plans_in(&folder));
        for inner in folders(&folder) {
            found.extend(plans_in(&inner));
        }
    }
    found.sort();
    assert!(found.len() >= 29, "testdata lost plans: {}", found.len());
    found
}

fn folders(parent: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(parent).unwrap();
    entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
}

fn plans_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|word| word == "json") && !label(file).ends_with(".tf.json"))
}

/// `seed-good/plan.json`
pub(crate) fn label(path: &Path) -> String {
    path.strip_prefix(testdata()).unwrap_or(path).display().to_string()
}

pub(crate) fn read(path: &Path) -> Plan {
    read_bytes(std::fs::read(path).unwrap())
}

pub(crate) fn read_bytes(bytes: Vec<u8>) -> Plan {
    let mut documents = plan::read(bytes, &WANTED);
    assert_eq!(documents.len(), 1);
    documents.remove(0).unwrap()
}

/// The configuration that a plan of testdata was made of.
pub(crate) fn source_of(path: &Path) -> Source {
    let folder = path.parent().unwrap();
    let step = folder.join("steps").join(path.file_stem().unwrap());
    let root = if step.is_dir() { step.as_path() } else { folder };
    Source::from_folder(root).unwrap_or_else(|error| panic!("{}: {error}", label(path)))
}

/// A binary plan as far as planseal opens one: the snapshot of a root module without calls.
pub(crate) fn planfile(folder: &Path) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    };
    add("tfconfig/modules.json", br#"[{"Key": "", "Dir": "."}]"#);
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "tf") {
            let name = file.file_name().unwrap().to_str().unwrap();
            add(&format!("tfconfig/m-/{name}"), &std::fs::read(&file).unwrap());
        }
    }
    archive.finish().unwrap().into_inner()
}

pub(crate) fn judge(plan: &Plan) -> Judged {
    judge_with(plan, None)
}

/// The built-in policies under the configuration beside a plan of testdata, where there is one.
pub(crate) fn policies_of(path: &Path) -> Cow<'static, Policies> {
    let file = path.with_file_name("planseal.yaml");
    match std::fs::read_to_string(&file) {
        Ok(text) => Cow::Owned(under(&text)),
        Err(_) => Cow::Borrowed(&POLICIES),
    }
}

/// The built-in policies under a configuration.
pub(crate) fn under(text: &str) -> Policies {
    configured(text)
        .unwrap_or_else(|errors| panic!("{}", errors.render(false)))
        .0
}

/// The built-in policies under a configuration that names no other policies, and what else it says.
pub(crate) fn configured(text: &str) -> Result<(Policies, Config), Diagnostics> {
    let source = planseal::policy::load::Source {
        file: "planseal.yaml".into(),
        text: text.to_owned(),
    };
    FILES.under(&source, TODAY, &mut |path| Err(format!("`{path}` is not there")))
}

/// Judges a plan, with the source that it was made of where one is given.
pub(crate) fn judge_with(plan: &Plan, source: Option<&Source>) -> Judged {
    judge_under(plan, source, &POLICIES)
}

/// Judges a plan by other policies than the built-in ones.
pub(crate) fn judge_under(plan: &Plan, source: Option<&Source>, policies: &Policies) -> Judged {
    let mut plan = plan.clone();
    let mut model = Model::new(&mut plan);
    if let Some(source) = source {
        let agrees = model.use_source(source, &WANTED);
        assert!(agrees.is_ok(), "{}", agrees.unwrap_err());
    }
    judge_model(&model, policies)
}

/// What plans are judged by besides plan and policies.
pub(crate) fn settings() -> eval::Settings {
    eval::Settings {
        today: Some(TODAY),
        plan: "plan".into(),
    }
}

fn judge_model(model: &Model<'_>, policies: &Policies) -> Judged {
    let facts = Facts::new(model, policies).under(settings());
    let evaluation = evaluate(&facts);
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluation);
    if !policies.waivers.is_empty() {
        let mut ledger = Ledger::default();
        ledger.add(&facts, &evaluation);
        let circumstances = Circumstances {
            today: TODAY,
            all_read: true,
        };
        builder.waivers(
            &ledger.judge(policies, circumstances, |_| false),
            "planseal.yaml",
            TODAY,
        );
    }
    let mut levels = BTreeMap::new();
    let mut categories = BTreeMap::new();
    for (id, store) in facts.stores().iter().copied() {
        let resource = model.resource(id);
        if !resource.lives(Side::After) {
            continue;
        }
        let parts = facts.storage(id, store, Side::After);
        // An optional part without any place is not there.
        let there = parts.iter().filter(|part| !part.places.is_empty());
        let known: Option<Vec<_>> = there.map(|part| part.level()).collect();
        let level = known.and_then(|levels| levels.into_iter().min());
        let word = match level {
            _ if parts.is_empty() => "not-there",
            Some(level) => level.word(),
            None => "undetermined",
        };
        levels.insert(resource.address.clone(), word.to_owned());
        let category = match &facts.category(id, store, Side::After).found {
            CategoryFound::Known(known) if known.evidence == CategoryEvidence::Unclassified => {
                "unclassified".to_owned()
            }
            CategoryFound::Known(known) => known.id.clone(),
            CategoryFound::Unknown(_) => "undetermined".to_owned(),
        };
        categories.insert(resource.address.clone(), category);
    }
    Judged {
        report: builder.finish(),
        levels,
        categories,
    }
}

/// Compares what is said of each case with `folder/CASE.expected`. `PLANSEAL_BLESS=1` writes them anew; read what it wrote.
pub(crate) fn as_recorded(folder: &Path, said: impl IntoIterator<Item = (String, String)>) {
    let bless = std::env::var_os("PLANSEAL_BLESS").is_some();
    let mut differ = Vec::new();
    for (name, said) in said {
        let path = folder.join(format!("{name}.expected"));
        if bless {
            std::fs::write(&path, &said).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != said {
            differ.push(format!("{name}:\n{said}"));
        }
    }
    let differ = differ.join("\n");
    assert!(differ.is_empty(), "PLANSEAL_BLESS=1 accepts this:\n{differ}");
}
