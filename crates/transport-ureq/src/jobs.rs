use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use offerslook_core::{
    Endpoint, Error, OfferId, Response, StopCause, TransportError,
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks},
        offers::ListOffers,
    },
    drive::{Blocking, Calls, Woken},
    job::{Attempt, Batch, Job, Listing, Moment, Ticket},
};

use crate::Client;

/// The items of a running job: an iterator. Dropping it ends its calls.
pub type Run<J> = Blocking<J, Threads>;

impl Client {
    /// Makes one call, inside the quota, again where that may help and is allowed.
    ///
    /// # Errors
    /// As [`ErrorClass`](offerslook_core::ErrorClass) sorts the answers.
    pub fn send<E: Endpoint>(&self, call: &E) -> Result<E::Output, Error> {
        // The one item of a call is its result.
        let mut run = Blocking::new(self.jobs().call(call), Threads::new(self.clone(), false));
        run.next().unwrap_or(Err(Error::Stopped(StopCause::Requested)))
    }

    /// The tracking links of any number of offers: the outcome of each id, in the asked order, as soon as it
    /// is known.
    ///
    /// ```no_run
    /// use offerslook_core::job::{BatchItem, Outcome};
    ///
    /// # fn example(client: offerslook_transport_ureq::Client, ids: offerslook_core::OfferIds) {
    /// for item in client.links(ids) {
    ///     match item {
    ///         BatchItem::Outcome { id, outcome: Outcome::Found(row) } => println!("{id}: {:?}", row.url),
    ///         other => println!("{other:?}"),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn links<I: IntoIterator<Item = OfferId>>(
        &self,
        ids: I,
    ) -> Run<Batch<GetTrackingLinks, I::IntoIter>> {
        self.run(self.jobs().links(ids))
    }

    /// Applies for any number of offers: the outcome of each id, in the asked order. An application of unknown
    /// fate is [`InDoubt`](offerslook_core::job::Outcome::InDoubt), and never sent again.
    pub fn apply<I: IntoIterator<Item = OfferId>>(&self, ids: I) -> Run<Batch<ApplyToOffers, I::IntoIter>> {
        self.run(self.jobs().apply(ids))
    }

    /// All offers that this call lists, in the list's order. Where the list is not complete, the last item says
    /// so: it is an [`Incomplete`](offerslook_core::job::Incomplete).
    #[must_use]
    pub fn offers(&self, which: ListOffers) -> Run<Listing<ListOffers>> {
        self.run(self.jobs().offers(which))
    }

    /// Runs a job. Each of its calls has a thread, at most `max_in_flight` at a time.
    pub fn run<J: Job>(&self, job: J) -> Run<J> {
        match self.with_own_connections() {
            Some(client) => Blocking::new(job, Threads::new(client, true)),
            None => Blocking::new(job, Threads::new(self.clone(), false)),
        }
    }
}

/// The calls of one job, each in a thread. They end when this is dropped, at the latest with the limit for
/// making a connection; those of an agent of your own end with their time limit.
#[derive(Debug)]
pub struct Threads {
    client: Client,
    /// Whether the connections are this job's alone.
    own: bool,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
}

#[derive(Debug)]
enum Message {
    Answer(Ticket, Result<Response, TransportError>),
    Wake,
}

impl Threads {
    fn new(client: Client, own: bool) -> Self {
        let (sender, receiver) = channel();
        Self { client, own, sender, receiver }
    }
}

impl Calls for Threads {
    fn now(&self) -> Moment {
        Moment::after_epoch(self.client.epoch().elapsed())
    }

    fn start(&mut self, attempt: Attempt) {
        let Attempt { ticket, request, .. } = attempt;
        let (client, sender) = (self.client.clone(), self.sender.clone());
        // Without a thread there is no answer, and the job gives the call up in time.
        let _ = thread::Builder::new().name("offerslook".to_owned()).spawn(move || {
            let answer = client.execute(request);
            // Where nobody waits for the answer any more, the job is over.
            let _ = sender.send(Message::Answer(ticket, answer));
        });
    }

    fn wait(&mut self, until: Option<Moment>) -> Woken {
        let message = match until {
            Some(until) => self.receiver.recv_timeout(until.since(self.now())).ok(),
            None => self.receiver.recv().ok(),
        };
        match message {
            Some(Message::Answer(ticket, answer)) => Woken::Answer(ticket, answer),
            Some(Message::Wake) | None => Woken::Nothing,
        }
    }

    fn abort(&mut self) {
        if self.own {
            self.client.agent().clone().shutdown();
        }
    }

    fn waker(&self) -> Box<dyn Fn() + Send + Sync> {
        let sender = self.sender.clone();
        Box::new(move || {
            let _ = sender.send(Message::Wake);
        })
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.abort();
    }
}
