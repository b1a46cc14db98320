//! Writes a plan of the given size to standard output: `cargo run --example generate-plan -- --size 10MB > plan.json`.

#![allow(dead_code, reason = "the benchmark uses more of the generator than this does")]

#[path = "../benches/generator/mod.rs"]
mod generator;

use std::io::{BufWriter, Write};
use std::path::Path;

use clap::Parser;

use generator::{Generator, Size};

/// Writes a plan that is made of real resources; the same size gives the same bytes.
#[derive(Parser)]
struct Options {
    /// How large it may become, such as 10MB (millions of bytes) or 500kB
    #[arg(long, default_value = "1MB")]
    size: Size,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut out = BufWriter::new(std::io::stdout().lock());
    Generator::new(&testdata)?.write(options.size, &mut out)?;
    Ok(out.flush()?)
}
