use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use super::Harness;

const FOLDER: &str = "bindings/node";
const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler, whose standard library for the target has to be built, and what that takes.
const DEBIAN: [&str; 4] =
    ["/usr/bin/cargo", "/usr/bin/rustc", "/usr/bin/wasm-ld-14", "/usr/lib/rustlib/src/rust/library"];
const INSTALL: &str = "this toolchain cannot compile for wasm32-unknown-unknown: run `rustup target add \
    wasm32-unknown-unknown`, or on Debian `apt-get install rustc-web cargo-web rust-web-src rust-web-llvm lld-14`";

/// Compiles the core to wasm, and runs the tests of the package, which drive it under Node.js.
pub(super) fn test(harness: &Harness<'_>) -> Result<()> {
    let shell = harness.shell;
    let module = build(harness)?;
    let _folder = shell.push_dir(FOLDER);
    shell.remove_path("core")?;
    cmd!(shell, "cargo run --quiet --locked --package bindgen -- {module} core").run()?;
    cmd!(shell, "node --test --test-reporter=spec").run().context("install Node.js 20 or newer")?;
    Ok(())
}

/// Checks the types of the package, installs it into a fresh folder, and runs the program of its README.
pub(super) fn install(harness: &Harness<'_>) -> Result<()> {
    let Harness { shell, target, .. } = harness;
    let program = harness.program(&format!("{FOLDER}/README.md"), "js")?;
    let fresh = target.join("fresh-node");
    shell.remove_path(&fresh)?;
    shell.create_dir(&fresh)?;
    {
        let _folder = shell.push_dir(FOLDER);
        cmd!(shell, "npm ci --silent --prefer-offline --no-audit").run().context("install npm")?;
        cmd!(shell, "npm run --silent types").run()?;
        cmd!(shell, "npm pack --silent --pack-destination {fresh}").run()?;
    }
    let package = shell.read_dir(&fresh)?.pop().context("a package")?;
    let _folder = shell.push_dir(&fresh);
    cmd!(shell, "npm install --silent --offline --no-audit {package}").run()?;
    shell.write_file("program.mjs", program)?;
    harness.check(cmd!(shell, "node program.mjs"))
}

fn build(harness: &Harness<'_>) -> Result<PathBuf> {
    let shell = harness.shell;
    let target = harness.target.join("wasm");
    let _target = shell.push_env("CARGO_TARGET_DIR", &target);
    let _folder = shell.push_dir(FOLDER);
    let build = ["build", "--quiet", "--locked", "--profile", "wasm", "--target", TARGET];
    let library = cmd!(shell, "rustc --print target-libdir --target {TARGET}").quiet().read();
    if library.is_ok_and(|library| Path::new(&library).exists()) {
        cmd!(shell, "cargo {build...}").run()?;
    } else {
        ensure!(DEBIAN.iter().all(|path| Path::new(path).exists()), INSTALL);
        let _variables = [
            // Building the standard library is a feature of nightly compilers.
            shell.push_env("RUSTC_BOOTSTRAP", "1"),
            shell.push_env("RUSTC", "/usr/bin/rustc"),
            shell.push_env("RUSTFLAGS", "-C linker=wasm-ld-14"),
        ];
        cmd!(shell, "/usr/bin/cargo {build...} -Zbuild-std=std,panic_abort").run()?;
    }
    Ok(target.join(TARGET).join("wasm/offerslook_node.wasm"))
}
