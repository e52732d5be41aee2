/// Why a request could not be built. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The URI would be too long.
    #[error("{endpoint}: the address of the call would be {bytes} bytes long, and at most {most} are safe")]
    UriTooLong {
        /// The endpoint's name.
        endpoint: &'static str,
        /// How long it would be.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// More ids than the API takes in one call.
    #[error("{endpoint}: {ids} ids are too many for one call: it takes at most {most}")]
    TooManyIds {
        /// The endpoint's name.
        endpoint: &'static str,
        /// How many ids were given.
        ids: usize,
        /// How many ids one call may carry.
        most: usize,
    },
    /// A path argument that is empty, or nothing but dots.
    #[error("{endpoint}: {argument:?} cannot stand in a path")]
    PathArgument {
        /// The endpoint's name.
        endpoint: &'static str,
        /// The argument.
        argument: String,
    },
    /// The endpoint fills more or fewer placeholders than its path has.
    #[error("{endpoint}: the arguments do not fill the path {path}")]
    PathArguments {
        /// The endpoint's name.
        endpoint: &'static str,
        /// The path template.
        path: &'static str,
    },
    /// The body does not serialize.
    #[error("{endpoint}: the body cannot be written as JSON: {cause}")]
    Body {
        /// The endpoint's name.
        endpoint: &'static str,
        /// What the serializer said.
        cause: String,
    },
    /// The parts do not make a request.
    #[error("{endpoint}: not a valid request: {cause}")]
    Request {
        /// The endpoint's name.
        endpoint: &'static str,
        /// What is wrong with it.
        cause: String,
    },
}
