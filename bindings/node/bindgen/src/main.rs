//! Generates the JavaScript for a wasm module: `bindgen MODULE FOLDER`.
//!
//! It is built from the same lock file as the module, so both have the same version of wasm-bindgen.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let (module, folder) = arguments.next().zip(arguments.next()).context("usage: bindgen MODULE FOLDER")?;
    Bindgen::new()
        .input_path(module)
        .nodejs_module(true)?
        .typescript(false)
        .remove_name_section(true)
        .generate(folder)
}
