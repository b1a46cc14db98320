//! What a check costs beside the least that any reader of JSON costs: see docs/performance.md.
//!
//! Every program runs as a process of its own, so that its start, its policies and its memory count.

#![allow(clippy::print_stdout, reason = "a benchmark is read in a terminal")]

#[path = "../generator/mod.rs"]
mod generator;
mod measure;
mod table;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use clap::Parser;
use serde::Deserialize;
use serde::de::IgnoredAny;

use generator::{Generator, Size};
use measure::{Program, Usage};

/// Measures `planseal check` beside a bare scan of the same file.
#[derive(Parser)]
struct Options {
    /// Sizes of the generated plans
    #[arg(long, value_delimiter = ',', default_value = "1MB,10MB,100MB")]
    sizes: Vec<Size>,
    /// How often each program runs on each plan; the medians are shown
    #[arg(long, default_value_t = 9)]
    runs: usize,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
    /// Be the scan: read this file as planseal does, check that it is JSON and keep nothing
    #[arg(long, hide = true)]
    scan: Option<PathBuf>,
    /// Be the generator: write a plan of the first size here
    #[arg(long, hide = true)]
    generate: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    match (&options.scan, &options.generate, options.sizes.first()) {
        (Some(file), _, _) => scan(file),
        (_, Some(file), Some(size)) => generate(*size, file),
        _ => bench(&options),
    }
}

/// planseal, too, reads the file as a whole, checks that it is UTF-8 and hands the text to serde_json.
fn scan(file: &Path) -> anyhow::Result<()> {
    let text = String::from_utf8(std::fs::read(file)?)?;
    serde_json::from_str::<IgnoredAny>(&text)?;
    Ok(())
}

fn generate(size: Size, file: &Path) -> anyhow::Result<()> {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut out = BufWriter::new(File::create(file)?);
    Generator::new(&testdata)?.write(size, &mut out)?;
    Ok(out.flush()?)
}

fn bench(options: &Options) -> anyhow::Result<()> {
    let own = std::env::current_exe()?;
    println!("{}", table::PLAN_HEAD);
    let mut measured = Vec::new();
    for size in &options.sizes {
        let plan = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("plan-{size}.json"));
        // In a process of its own: a child's peak memory is never below that of the process that started it.
        let arguments = ["--sizes".to_owned(), size.to_string(), "--generate".to_owned()];
        let generated = Command::new(&own).args(arguments).arg(&plan).status()?;
        anyhow::ensure!(generated.success(), "cannot generate {}", plan.display());
        let bytes = std::fs::metadata(&plan)?.len();
        println!("{}", table::plan(*size, bytes, &summary(&plan)?));
        measured.push((*size, bytes, measure_all(&own, &plan, options.runs)?));
    }
    println!("\n{}", table::USAGE_HEAD);
    for (size, bytes, programs) in &measured {
        for line in table::usage(*size, *bytes, programs) {
            println!("{line}");
        }
    }
    Ok(())
}

/// Runs every program in turn, round by round, so that what else the machine does hits all of them alike.
fn measure_all(own: &Path, plan: &Path, runs: usize) -> anyhow::Result<Vec<(Program, Vec<Usage>)>> {
    let mut measured: Vec<(Program, Vec<Usage>)> = programs(own, plan)
        .into_iter()
        .map(|program| (program, Vec::new()))
        .collect();
    for (program, _) in &measured {
        program.run()?;
    }
    for _ in 0..runs {
        for (program, usages) in &mut measured {
            usages.push(program.run()?);
        }
    }
    Ok(measured)
}

/// The scan comes first: the others are compared with it.
fn programs(own: &Path, plan: &Path) -> Vec<Program> {
    let plan = plan.as_os_str();
    let mut programs = vec![
        Program::new("scan", own, &["--scan".as_ref(), plan], &[0]),
        // A plan may break the gate; a refusal would be 2.
        Program::new("planseal", planseal(), &["check".as_ref(), plan], &[0, 1, 3]),
    ];
    let jq = Command::new("jq").arg("--version").stdout(Stdio::null()).status();
    if jq.is_ok_and(|status| status.success()) {
        programs.push(Program::new(
            "jq empty",
            Path::new("jq"),
            &["empty".as_ref(), plan],
            &[0],
        ));
    }
    programs
}

fn planseal() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_planseal"))
}

/// What planseal says of a plan.
#[derive(Deserialize)]
struct Summary {
    resources: usize,
    judged: usize,
    violations: usize,
    undetermined: usize,
}

fn summary(plan: &Path) -> anyhow::Result<Summary> {
    #[derive(Deserialize)]
    struct Report {
        summary: Summary,
    }
    let output = Command::new(planseal())
        .args(["check", "--format", "json"])
        .arg(plan)
        .output()?;
    anyhow::ensure!(output.status.code() != Some(2), "planseal refuses {}", plan.display());
    let report: Report = serde_json::from_slice(&output.stdout).context("planseal's report")?;
    Ok(report.summary)
}
