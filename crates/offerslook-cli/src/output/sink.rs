use std::{
    fmt,
    fs::{self, File},
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anstream::{AutoStream, ColorChoice};
use same_file::Handle;
use tempfile::NamedTempFile;

use super::Inputs;
use crate::{console::Console, exit::Exit, failure::Failure, signals::Interrupt};

/// Where the bytes go.
///
/// A reader that has seen enough is no error: what is written after that is dropped.
pub(crate) struct Sink {
    target: Target,
    reader_is_gone: bool,
}

/// Where the bytes are in the end.
pub(crate) enum Finished {
    Written,
    /// In this file beside the one to be replaced, because they are not complete.
    Beside(PathBuf),
    /// Nobody reads them any more, which is no error.
    ReaderGone,
}

impl Finished {
    /// Says where incomplete rows are.
    pub(crate) fn tell(&self, console: &Console) {
        if let Self::Beside(path) = self {
            console.warning(format_args!(
                "the output is not complete, so it does not replace the file: its rows are in {}",
                path.display()
            ));
        }
    }
}

enum Target {
    StandardOutput(io::Stdout),
    /// A file that is written as it is: a pipe, a device, a journal.
    Direct {
        file: File,
        path: PathBuf,
    },
    /// A file that takes the place of another one once it is complete.
    Replacement {
        file: NamedTempFile,
        path: PathBuf,
        _replaced: Option<File>,
    },
}

impl Sink {
    /// Opens the output, so that it is known to work before anything is sent. Nothing of what is there is changed.
    /// Fails if it cannot be written, is one of the inputs, or another run writes to it.
    pub(crate) fn open(path: Option<&Path>, inputs: &Inputs, interrupt: &Interrupt) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::to(Target::StandardOutput(io::stdout()))) };
        inputs.refuse(path)?;
        let target = Target::at(path, interrupt).map_err(|cause| match cause.kind() {
            io::ErrorKind::WouldBlock => Failure::in_use(path),
            _ => Failure::unwritable(&path.display(), &cause),
        })?;
        Ok(Self::to(target))
    }

    /// Appends to a file that is open and locked.
    pub(crate) fn append_to(file: File, path: &Path) -> Self {
        Self::to(Target::Direct { file, path: path.to_owned() })
    }

    fn to(target: Target) -> Self {
        Self { target, reader_is_gone: false }
    }

    /// Writes bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.reader_is_gone {
            return Ok(());
        }
        match self.target.write_all(bytes).and_then(|()| self.target.flush()) {
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_is_gone = true;
                Ok(())
            }
            written => written.map_err(|cause| Failure::unwritable(self, &cause)),
        }
    }

    /// Whether there is nobody left to write for.
    pub(crate) fn reader_is_gone(&self) -> bool {
        self.reader_is_gone
    }

    /// Ends the output. What is not complete does not take the place of a file, and is kept beside it.
    pub(crate) fn finish(self, is_complete: bool) -> Result<Finished, Failure> {
        if self.reader_is_gone {
            return Ok(Finished::ReaderGone);
        }
        let name = self.to_string();
        self.target.finish(is_complete).map_err(|cause| Failure::unwritable(&name, &cause))
    }

    /// Whether output to it may be coloured.
    pub(crate) fn takes_colour(&self) -> bool {
        match &self.target {
            Target::StandardOutput(stdout) => AutoStream::choice(stdout) != ColorChoice::Never,
            _ => false,
        }
    }

    pub(crate) fn is_terminal(&self) -> bool {
        match &self.target {
            Target::StandardOutput(stdout) => stdout.is_terminal(),
            Target::Direct { file, .. } => file.is_terminal(),
            Target::Replacement { .. } => false,
        }
    }
}

impl fmt::Display for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.target {
            Target::StandardOutput(_) => f.write_str("standard output"),
            Target::Direct { path, .. } | Target::Replacement { path, .. } => path.display().fmt(f),
        }
    }
}

impl Target {
    fn at(path: &Path, interrupt: &Interrupt) -> io::Result<Self> {
        let path = &behind_links(path);
        let present = match fs::metadata(path) {
            Ok(present) => present,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                return Self::replace(path, None, interrupt);
            }
            Err(cause) => return Err(cause),
        };
        if present.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // `/dev/stdout` with a redirect is a regular file, which is not ours to replace.
        if matches!((Handle::stdout(), Handle::from_path(path)), (Ok(one), Ok(other)) if one == other) {
            return Ok(Self::StandardOutput(io::stdout()));
        }
        if !present.is_file() || path.starts_with("/dev") || path.starts_with("/proc") {
            let file = File::options().append(true).open(path)?;
            return Ok(Self::Direct { file, path: path.to_owned() });
        }
        if present.permissions().readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        // A run with `--resume` locks its file, and so does this one until it has replaced it.
        let replaced = File::open(path).or_else(|_| File::options().append(true).open(path))?;
        match replaced.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            // Some file systems know no locks.
            Err(fs::TryLockError::Error(_)) | Ok(()) => {}
        }
        Self::replace(path, Some((replaced, present.permissions())), interrupt)
    }

    fn replace(
        path: &Path,
        replaced: Option<(File, fs::Permissions)>,
        interrupt: &Interrupt,
    ) -> io::Result<Self> {
        let file = interrupt.temporary(|| beside(path))?;
        let (replaced, permissions) = replaced.unzip();
        permissions.map(|permissions| file.as_file().set_permissions(permissions)).transpose()?;
        Ok(Self::Replacement { file, path: path.to_owned(), _replaced: replaced })
    }

    fn finish(self, is_complete: bool) -> io::Result<Finished> {
        let Self::Replacement { file, path, .. } = self else { return Ok(Finished::Written) };
        if is_complete {
            file.as_file().sync_all()?;
            return file.persist(path).map(|_| Finished::Written).map_err(|error| error.error);
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".incomplete");
        let beside = path.with_file_name(name);
        file.persist(&beside).map(|_| Finished::Beside(beside)).map_err(|error| error.error)
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::StandardOutput(stdout) => stdout.write(bytes),
            Self::Direct { file, .. } => file.write(bytes),
            Self::Replacement { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::StandardOutput(stdout) => stdout.flush(),
            _ => Ok(()),
        }
    }
}

/// Prints a text with colours to standard output, where they show if it is a terminal.
/// Fails if it cannot be written. That its reader has seen enough is no error.
pub(crate) fn print(text: &str) -> Result<Exit, Failure> {
    let mut stdout = AutoStream::auto(io::stdout().lock());
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::unwritable(&"standard output", &cause))
        }
        _ => Ok(Exit::Success),
    }
}

/// Follows symbolic links, also to a file that is not there yet.
fn behind_links(path: &Path) -> PathBuf {
    const MAX_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        // Those of the kernel need not lead to a path.
        if path.starts_with("/dev") || path.starts_with("/proc") {
            break;
        }
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    path
}

/// A new file in the same folder, with the permissions that any new file has.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".offerslook-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
