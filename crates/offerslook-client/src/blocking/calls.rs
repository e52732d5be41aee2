use std::{
    fmt,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Instant,
};

use offerslook_core::{
    Response, TransportError,
    drive::{BlockingCalls, Event},
    job::{Attempt, Moment, Ticket},
};

use super::{Transport, client::Shared};
use crate::epoch;

/// The calls of one job.
pub struct Calls<T: Transport> {
    client: Arc<Shared<T>>,
    /// `None`: calls are made on the thread of the caller.
    on_threads: bool,
    own: Option<Arc<T>>,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
}

enum Message {
    Answer(Ticket, Result<Response, TransportError>),
    Wake,
}

impl<T: Transport> Calls<T> {
    pub(super) fn on_this_thread(client: Arc<Shared<T>>) -> Self {
        Self { on_threads: false, ..Self::on_threads(client, None) }
    }

    pub(super) fn on_threads(client: Arc<Shared<T>>, own: Option<Arc<T>>) -> Self {
        let (sender, receiver) = channel();
        Self { client, on_threads: true, own, sender, receiver }
    }
}

impl<T: Transport> BlockingCalls for Calls<T> {
    fn now(&self) -> Moment {
        epoch::moment(Instant::now())
    }

    fn start(&mut self, attempt: Attempt) {
        let Attempt { ticket, request, timeout, .. } = attempt;
        let (client, sender) = (Arc::clone(&self.client), self.sender.clone());
        let transport = Arc::clone(self.own.as_ref().unwrap_or(client.transport()));
        let call = move || {
            let answer = client.exchange(&transport, request, timeout);
            let _ = sender.send(Message::Answer(ticket, answer));
        };
        if self.on_threads {
            let _ = thread::Builder::new().name("offerslook".to_owned()).spawn(call);
        } else {
            call();
        }
    }

    fn wait(&mut self, until: Option<Moment>) -> Event {
        let message = match until {
            Some(until) => self.receiver.recv_timeout(until.since(self.now())).ok(),
            None => self.receiver.recv().ok(),
        };
        match message {
            Some(Message::Answer(ticket, answer)) => Event::Answer(ticket, answer),
            Some(Message::Wake) | None => Event::Woken,
        }
    }

    fn abort(&mut self) {
        if let Some(own) = &self.own {
            own.abort();
        }
    }

    fn waker(&self) -> Box<dyn Fn() + Send + Sync> {
        let sender = self.sender.clone();
        Box::new(move || {
            let _ = sender.send(Message::Wake);
        })
    }
}

impl<T: Transport> fmt::Debug for Calls<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").finish_non_exhaustive()
    }
}
