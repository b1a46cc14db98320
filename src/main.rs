//! The `planseal` program: the library does the work.

use clap::Parser;
use planseal::cli::Cli;
use planseal::exit::Exit;

fn main() -> Exit {
    planseal::run::run(&Cli::parse())
}
