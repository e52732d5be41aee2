use super::{Account, BaseUrl, BaseUrlError, Credentials, CredentialsError, Network, NetworkError};

const NETWORK: &str = "OFFERSLOOK_NETWORK";
const BASE_URL: &str = "OFFERSLOOK_BASE_URL";
const EMAIL: &str = "OFFERSLOOK_EMAIL";
const API_KEY: &str = "OFFERSLOOK_API_KEY";

/// Why an account cannot be created from variables. Their values are not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// Neither `OFFERSLOOK_NETWORK` nor `OFFERSLOOK_BASE_URL` is set.
    #[error(
        "neither OFFERSLOOK_NETWORK nor OFFERSLOOK_BASE_URL is set: set the first to the name of your network, \
         such as acme, or the second to its API domain"
    )]
    NoAddress,
    /// Both `OFFERSLOOK_NETWORK` and `OFFERSLOOK_BASE_URL` are set.
    #[error("OFFERSLOOK_NETWORK and OFFERSLOOK_BASE_URL are both set: unset one of them")]
    TwoAddresses,
    /// `OFFERSLOOK_EMAIL` is not set.
    #[error("OFFERSLOOK_EMAIL is not set: set it to the e-mail address that you log in with")]
    NoEmail,
    /// `OFFERSLOOK_API_KEY` is not set.
    #[error(
        "OFFERSLOOK_API_KEY is not set: set it to an API key, which you create in the portal of your network"
    )]
    NoApiKey,
    /// `OFFERSLOOK_NETWORK` is not the name of a network.
    #[error("OFFERSLOOK_NETWORK: {0}")]
    Network(NetworkError),
    /// `OFFERSLOOK_BASE_URL` is not a base URL.
    #[error("OFFERSLOOK_BASE_URL: {0}")]
    BaseUrl(BaseUrlError),
    /// `OFFERSLOOK_EMAIL` is not an e-mail address.
    #[error("OFFERSLOOK_EMAIL: {0}")]
    Email(CredentialsError),
    /// `OFFERSLOOK_API_KEY` is not an API key.
    #[error("OFFERSLOOK_API_KEY: {0}")]
    ApiKey(CredentialsError),
}

impl Account {
    /// Creates an account from variables: `OFFERSLOOK_NETWORK` or `OFFERSLOOK_BASE_URL`, `OFFERSLOOK_EMAIL` and
    /// `OFFERSLOOK_API_KEY`.
    ///
    /// This crate does not read the environment: pass a function that does, or one that reads your own settings.
    /// An empty variable counts as one that is not set.
    ///
    /// ```
    /// use offerslook_core::Account;
    ///
    /// let account = Account::from_variables(|name| std::env::var(name).ok());
    /// assert!(account.unwrap_err().to_string().starts_with("neither OFFERSLOOK_NETWORK nor OFFERSLOOK_BASE_URL"));
    /// ```
    ///
    /// # Errors
    /// [`AccountError`] names the variable that is missing or not valid.
    pub fn from_variables(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, AccountError> {
        let lookup = |name| lookup(name).filter(|value| !value.trim().is_empty());
        let base_url = match (lookup(NETWORK), lookup(BASE_URL)) {
            (Some(network), None) => network.parse::<Network>().map_err(AccountError::Network)?.into(),
            (None, Some(base_url)) => base_url.parse::<BaseUrl>().map_err(AccountError::BaseUrl)?,
            (Some(_), Some(_)) => return Err(AccountError::TwoAddresses),
            (None, None) => return Err(AccountError::NoAddress),
        };
        let email = lookup(EMAIL).ok_or(AccountError::NoEmail)?;
        let key = lookup(API_KEY).ok_or(AccountError::NoApiKey)?;
        let key = key.parse().map_err(AccountError::ApiKey)?;
        let credentials = Credentials::with_key(&email, key).map_err(AccountError::Email)?;
        Ok(Self::new(base_url, credentials))
    }
}
