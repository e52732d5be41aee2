use std::{fmt, sync::Arc};

use offerslook_core::{
    Account, Endpoint, Error, IntoOfferId, OfferIds, Request, Response, SetupError, StopCause,
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks},
        offers::ListOffers,
    },
    drive::Blocking,
    job::{Batch, Job, Jobs, Listing, Options, Quota},
};

use super::{Calls, Transport, shared::Shared};
use crate::builder::{ClientBuilder, Parts};

/// A running job: an iterator over its items.
///
/// Dropping it discards the calls that are queued and ends those in flight, if the transport can end them. Otherwise
/// each ends with its own timeout.
pub type Run<J, T> = Blocking<J, Calls<T>>;

/// A blocking client for the API of one account.
///
/// It is cheap to clone. Clones share their connections and their quota. Its `Debug` form shows no secret.
pub struct Client<T: Transport> {
    shared: Arc<Shared<T>>,
}

impl<T: Transport> Client<T> {
    /// Creates a client with the default [`Options`].
    ///
    /// # Errors
    /// - [`SetupError::NoRootCertificates`] if the system trusts no certificate authority.
    /// - [`SetupError::RootCertificate`] if an extra one in the options cannot be read.
    /// - [`SetupError::Proxy`] if the environment names a proxy that cannot be used.
    /// - [`SetupError::Tls`] if the TLS library cannot be configured.
    pub fn new(account: Account) -> Result<Self, SetupError> {
        Self::builder(account).build()
    }

    /// Returns a builder, to set options or to share a quota.
    pub fn builder(account: Account) -> ClientBuilder<Self> {
        ClientBuilder::new(account)
    }

    /// Creates a client on a transport of your own.
    ///
    /// The transport decides on connections, TLS and proxies. Of [`Options::transport`], only the timeouts and the
    /// maximum size of a body apply.
    pub fn with_transport(account: Account, options: Options, transport: T) -> Self {
        Self::builder(account).options(options).build_with(transport)
    }

    fn from_parts(parts: Parts, transport: T) -> Self {
        Self { shared: Arc::new(Shared { parts, transport: Arc::new(transport) }) }
    }

    /// Returns the factory of jobs for this client, to [`run`](Client::run).
    #[must_use]
    pub fn jobs(&self) -> &Jobs {
        &self.shared.parts.jobs
    }

    /// Returns the quota, to share it with other clients.
    #[must_use]
    pub fn quota(&self) -> &Quota {
        self.jobs().quota()
    }

    /// Makes one call within the quota, on this thread, and retries it where that is allowed and may help.
    ///
    /// # Errors
    /// - [`Error::Build`] if the request cannot be built; nothing was sent.
    /// - [`Error::Api`], [`Error::Decode`] if the service answered with a failure, or with something that does not decode.
    /// - [`Error::Exhausted`] if every attempt failed; it holds the last error.
    /// - [`Error::Transport`] if no complete response arrived, and a retry would not help.
    /// - [`Error::InDoubt`] if the call changes something, and it is unknown whether the change was made.
    /// - [`Error::Stopped`] if [`Options::max_time`] was over first.
    /// - [`Error::QuotaStore`] if the store of the quota gave no slot.
    pub fn send<E: Endpoint>(&self, call: &E) -> Result<E::Output, Error> {
        self.result_of(self.jobs().call(call))
    }

    /// Gets the tracking links of any number of offers: one outcome per id, in input order, as soon as it is known.
    pub fn links<I: IntoIterator<Item: IntoOfferId>>(
        &self,
        ids: I,
    ) -> Run<Batch<GetTrackingLinks, I::IntoIter>, T> {
        self.run(self.jobs().links(ids))
    }

    /// Applies to these offers: one outcome per id, in input order. Collect the ids with [`OfferIds::new`], or parse
    /// them: `client.apply("16,102".parse()?)`.
    ///
    /// An application that may or may not have been made is in doubt, and is never sent again.
    pub fn apply(&self, ids: OfferIds) -> Run<Batch<ApplyToOffers, <OfferIds as IntoIterator>::IntoIter>, T> {
        self.run(self.jobs().apply(ids))
    }

    /// Lists all offers that this call selects, in the order of the list.
    ///
    /// If the list is not complete, the last item is an error that says why.
    pub fn offers(&self, call: ListOffers) -> Run<Listing<ListOffers>, T> {
        self.run(self.jobs().offers(call))
    }

    /// Runs a job. Its calls are made by a pool of threads that lives as long as the run.
    pub fn run<J: Job>(&self, job: J) -> Run<J, T> {
        Blocking::new(job, Calls::on_threads(Arc::clone(&self.shared)))
    }

    /// Sends one request once, within the quota and on this thread, and returns its response, whatever its status.
    ///
    /// # Errors
    /// - [`Error::Transport`] if no whole response came back.
    /// - [`Error::Stopped`] if [`Options::max_time`] was over first, or [`Error::InDoubt`] if the request may have changed
    ///   something by then.
    pub fn execute(&self, request: Request) -> Result<Response, Error> {
        self.result_of(self.jobs().execute(request))
    }

    /// Runs a job that yields one item, on this thread.
    fn result_of<O>(&self, job: impl Job<Item = Result<O, Error>>) -> Result<O, Error> {
        let calls = Calls::on_this_thread(Arc::clone(&self.shared));
        let mut run = Blocking::new(job, calls);
        let result = run.next();
        // What is left to do is to report to the store of the quota, if there is one.
        let _ = run.next();
        result.unwrap_or(Err(Error::Stopped(StopCause::Requested)))
    }
}

impl<T: Transport> ClientBuilder<Client<T>> {
    /// Builds the client and its transport.
    ///
    /// # Errors
    /// - [`SetupError::NoRootCertificates`] if the system trusts no certificate authority.
    /// - [`SetupError::RootCertificate`] if an extra one in the options cannot be read.
    /// - [`SetupError::Proxy`] if the environment names a proxy that cannot be used.
    /// - [`SetupError::Tls`] if the TLS library cannot be configured.
    pub fn build(self) -> Result<Client<T>, SetupError> {
        let settings = self.settings()?;
        let transport = T::new(&settings, self.account().base_url())?;
        Ok(Client::from_parts(self.into_parts(settings), transport))
    }

    /// Builds the client on a transport of your own. The environment is not read.
    pub fn build_with(self, transport: T) -> Client<T> {
        let settings = self.options.transport().clone();
        Client::from_parts(self.into_parts(settings), transport)
    }
}

impl<T: Transport> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<T: Transport> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("jobs", self.jobs()).finish_non_exhaustive()
    }
}
