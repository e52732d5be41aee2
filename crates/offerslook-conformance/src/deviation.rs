use crate::cases::Case;

/// Cases in which a transport is known to behave differently, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deviation {
    /// The title of a case, or its beginning and a `*`.
    pub(crate) cases: &'static str,
    pub(crate) reason: &'static str,
}

impl Deviation {
    pub(crate) fn covers(&self, case: &Case) -> bool {
        match self.cases.strip_suffix('*') {
            Some(beginning) => case.title().starts_with(beginning),
            None => case.title() == self.cases,
        }
    }
}
