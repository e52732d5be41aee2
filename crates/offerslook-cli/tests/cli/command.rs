//! Runs the command, with nothing of this process's environment.

use std::{
    fmt::Write as _,
    io::Write as _,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use offerslook_sandbox::Sandbox;
use tempfile::TempDir;

/// How long a run may take before the test fails. Far more than is ever needed.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);

/// A run that is being prepared.
pub(crate) struct Run {
    command: Command,
    input: Vec<u8>,
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// `offerslook` with these arguments, parted by white space.
pub(crate) fn offerslook(arguments: &str) -> Run {
    let mut command = program();
    command.env_clear().args(arguments.split_whitespace());
    // Nothing of the profiles of whoever runs the tests.
    command.env("OFFERSLOOK_CONFIG_DIR", "no-such-folder");
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::piped());
    Run { command, input: Vec::new() }
}

/// With no signal ignored, whoever runs the tests: in the background of a shell, Ctrl-C is ignored by every process below,
/// and under `nohup` a hang-up is.
#[cfg(target_os = "linux")]
fn program() -> Command {
    let mut command = Command::new("/usr/bin/env");
    command.args(["--default-signal", env!("CARGO_BIN_EXE_offerslook")]);
    command
}

#[cfg(not(target_os = "linux"))]
fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_offerslook"))
}

impl Run {
    /// One more argument, whatever is in it.
    pub(crate) fn arg(mut self, argument: &str) -> Self {
        self.command.arg(argument);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// With this account in the environment.
    pub(crate) fn account(self, base_url: &str, email: &str, api_key: &str) -> Self {
        self.env("OFFERSLOOK_BASE_URL", base_url)
            .env("OFFERSLOOK_EMAIL", email)
            .env("OFFERSLOOK_API_KEY", api_key)
    }

    /// With the account of this sandbox in the environment.
    pub(crate) fn at(self, sandbox: &Sandbox) -> Self {
        self.account(sandbox.base_url(), sandbox.email(), sandbox.api_key())
    }

    pub(crate) fn input(mut self, text: impl AsRef<[u8]>) -> Self {
        self.input = text.as_ref().to_vec();
        self
    }

    /// In this folder.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn stdout(mut self, stdout: impl Into<Stdio>) -> Self {
        self.command.stdout(stdout);
        self
    }

    /// Starts it on these streams.
    #[cfg(unix)]
    pub(crate) fn on(
        mut self,
        stdin: impl Into<Stdio>,
        stdout: impl Into<Stdio>,
        stderr: impl Into<Stdio>,
    ) -> Child {
        self.command.stdin(stdin).stdout(stdout).stderr(stderr).spawn().unwrap()
    }

    /// Starts it, for what is to be done meanwhile.
    pub(crate) fn spawn(mut self) -> Child {
        let mut child = self.command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A run that does not read its input closes the pipe.
        thread::spawn(move || stdin.write_all(&self.input));
        child
    }

    pub(crate) fn run(self) -> Ran {
        finish(self.spawn())
    }
}

/// Waits until a run is over.
pub(crate) fn finish(child: Child) -> Ran {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let Output { status, stdout, stderr } =
        receiver.recv_timeout(LIMIT).expect("the run is over in time").unwrap();
    Ran {
        code: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// Sends a signal, such as `-INT`.
#[cfg(unix)]
pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

impl Ran {
    /// Exit code and standard error, for a snapshot of a run that has no rows.
    pub(crate) fn without_rows(self) -> String {
        assert_eq!(self.out, "", "there are no rows");
        format!("exit {}\n{}", self.code.unwrap(), self.err)
    }

    /// The rows of ndjson.
    pub(crate) fn rows(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// One snapshot of many runs, each of which fails without a row.
pub(crate) fn transcript(runs: impl IntoIterator<Item = (String, Ran)>) -> String {
    let mut text = String::new();
    for (arguments, ran) in runs {
        writeln!(text, "$ offerslook {arguments}\n{}", ran.without_rows()).unwrap();
    }
    text
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes a file that its owner alone can read, as a file with a key should be.
pub(crate) fn write_key(path: &Path, text: impl AsRef<[u8]>) {
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).unwrap().write_all(text.as_ref()).unwrap();
}

/// The arguments that name an account at this address.
pub(crate) fn account(base_url: &str, key_file: &str) -> String {
    format!("--base-url {base_url} --email me@example.com --api-key-file {key_file}")
}

/// An address where nobody listens any more.
pub(crate) fn nobody() -> String {
    format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
}

/// So many ids, a line each.
pub(crate) fn ids_to(most: u64) -> String {
    (1..=most).map(|id| id.to_string()).collect::<Vec<_>>().join("\n")
}
