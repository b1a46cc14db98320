//! What loading policies costs beside the least that any reader of YAML costs: see docs/performance.md.

#![allow(clippy::print_stdout, reason = "a benchmark is read in a terminal")]

use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use clap::Parser;
use planseal::policy::builtin;
use planseal::policy::load::{Source, load};
use serde::de::IgnoredAny;

/// Measures the loading of a folder of rules, and of the policies that come with planseal.
#[derive(Parser)]
struct Options {
    /// How many rules the folder holds
    #[arg(long, default_value_t = 500)]
    rules: usize,
    /// How often each is measured; the medians are shown
    #[arg(long, default_value_t = 21)]
    runs: usize,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let rules = rules(options.rules)?;
    let bytes: usize = rules.iter().map(|source| source.text.len()).sum();
    let none = measure(&options, || check(&[]))?;
    let whole = measure(&options, || check(&rules))?;
    let scan = measure(&options, || scan(&rules))?;
    let kilobytes = bytes / 1024;
    println!("{} rules of a user's own, {kilobytes} kB", rules.len());
    println!("  bare scan of the YAML      {:>8.2} ms", milliseconds(scan));
    let own = whole.saturating_sub(none);
    let factor = own.as_secs_f64() / scan.as_secs_f64();
    println!(
        "  loaded, checked, compiled  {:>8.2} ms, {factor:.1} times the scan",
        milliseconds(own)
    );
    println!("what comes with planseal, without its rules");
    println!("  loaded, checked, compiled  {:>8.2} ms", milliseconds(none));
    Ok(())
}

/// Copies of the built-in rules under other names, one a file.
fn rules(number: usize) -> anyhow::Result<Vec<Source>> {
    let builtin: Vec<Source> = builtin::sources()
        .into_iter()
        .filter(|source| source.file.starts_with("policies/rules/") && !source.text.contains("follows:"))
        .collect();
    ensure!(!builtin.is_empty(), "there are no built-in rules");
    let copy = |(position, source): (usize, &Source)| {
        let (id, rest) = source.text.split_once('\n')?;
        Some(Source {
            file: format!("own/{position}.yaml"),
            text: format!("{id}-{position}\n{rest}"),
        })
    };
    let copies = builtin.iter().cycle().take(number).enumerate().map(copy);
    copies.collect::<Option<_>>().context("a rule has one line")
}

fn check(more: &[Source]) -> anyhow::Result<usize> {
    let policies = load(more, true).map_err(|errors| anyhow!(errors.render(false)))?;
    ensure!(policies.rules.len() == more.len(), "a rule was left out");
    Ok(policies.rules.len())
}

fn scan(sources: &[Source]) -> anyhow::Result<usize> {
    for source in sources {
        serde_saphyr::from_str::<IgnoredAny>(&source.text)?;
    }
    Ok(sources.len())
}

/// The median time of a run.
fn measure(options: &Options, run: impl Fn() -> anyhow::Result<usize>) -> anyhow::Result<Duration> {
    run()?;
    let mut times = Vec::new();
    for _ in 0..options.runs.max(1) {
        let start = Instant::now();
        std::hint::black_box(run()?);
        times.push(start.elapsed());
    }
    times.sort();
    times.get(times.len() / 2).copied().context("nothing was measured")
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
