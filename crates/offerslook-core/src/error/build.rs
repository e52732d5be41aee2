/// Why a request could not be built. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The URI would be too long.
    #[error("{endpoint}: the URI of the call would have {bytes} bytes, but at most {max} are safe")]
    UriTooLong {
        /// The name of the endpoint.
        endpoint: &'static str,
        /// The length of the URI.
        bytes: usize,
        /// The maximum length.
        max: usize,
    },
    /// The call has more ids than the API accepts.
    #[error("{endpoint}: {ids} ids are too many for one call, which takes at most {max}")]
    TooManyIds {
        /// The name of the endpoint.
        endpoint: &'static str,
        /// The number of ids.
        ids: usize,
        /// The maximum number of ids per call.
        max: usize,
    },
    /// A path argument is empty, or consists of dots.
    #[error("{endpoint}: {argument:?} cannot be part of a path")]
    PathArgument {
        /// The name of the endpoint.
        endpoint: &'static str,
        /// The argument.
        argument: String,
    },
    /// The endpoint fills more or fewer placeholders than its path has.
    #[error("{endpoint}: the arguments do not match the placeholders of {path}")]
    PathArguments {
        /// The name of the endpoint.
        endpoint: &'static str,
        /// The path template.
        path: &'static str,
    },
    /// The body does not serialize.
    #[error("{endpoint}: the body cannot be serialized: {cause}")]
    Body {
        /// The name of the endpoint.
        endpoint: &'static str,
        /// The serializer's message.
        cause: String,
    },
    /// The parts do not make a valid request.
    #[error("{endpoint}: invalid request: {cause}")]
    Request {
        /// The name of the endpoint.
        endpoint: &'static str,
        /// What is wrong with it.
        cause: String,
    },
}
