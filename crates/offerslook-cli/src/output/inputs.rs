use std::path::{Path, PathBuf};

use same_file::is_same_file;

use crate::{
    account,
    context::Context,
    failure::Failure,
    options::{AccountOptions, CallOptions},
};

/// The files that a run reads, and what names each. None of them may be its output.
pub(crate) struct Inputs(Vec<(String, PathBuf)>);

impl Inputs {
    /// Returns the files that hold accounts, also those that a run with other options would read.
    pub(crate) fn of_account(options: &AccountOptions, context: &Context) -> Self {
        let inputs = Self(Vec::new()).and("--api-key-file", options.api_key_file.as_deref());
        // Without an environment that can be read, nothing of it is used.
        let Ok(environment) = context.environment() else { return inputs };
        let files = account::files(environment);
        files.into_iter().fold(inputs, |inputs, (named_by, path)| inputs.and(&named_by, Some(&path)))
    }

    /// Returns the files of a run that calls the API.
    pub(crate) fn of_call(account: &AccountOptions, call: &CallOptions, context: &Context) -> Self {
        Self::of_account(account, context)
            .and("--cacert", call.cacert.as_deref())
            .and("--quota-store-password-file", call.store.quota_store_password_file.as_deref())
    }

    pub(crate) fn and(mut self, named_by: &str, path: Option<&Path>) -> Self {
        self.0.extend(path.map(|path| (named_by.to_owned(), path.to_owned())));
        self
    }

    pub(crate) fn refuse(&self, output: &Path) -> Result<(), Failure> {
        // A pipe or a device can be both.
        if !output.is_file() {
            return Ok(());
        }
        match self.0.iter().find(|(_, input)| is_same_file(input, output).unwrap_or(false)) {
            None => Ok(()),
            Some((named_by, _)) => Err(Failure::usage(
                format_args!("-o and {named_by} name the same file"),
                "Write to another file: the output would replace what is read.",
            )),
        }
    }
}
