use crate::{console::Console, environment::Environment, failure::Failure};

pub(crate) struct Context {
    pub(crate) console: Console,
    environment: Result<Environment, Failure>,
}

impl Context {
    pub(crate) fn new(console: Console, environment: Result<Environment, Failure>) -> Self {
        Self { console, environment }
    }

    /// Returns the variables that name an account.
    /// Fails if one of them is not valid, which is no concern of commands that need no account.
    pub(crate) fn environment(&self) -> Result<&Environment, Failure> {
        self.environment.as_ref().map_err(Clone::clone)
    }
}
