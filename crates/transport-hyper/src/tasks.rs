use tokio::sync::watch;

/// What a client runs in the background: one task a connection. They end when this is dropped.
pub(crate) struct Tasks(watch::Sender<()>);

impl Tasks {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(()))
    }

    pub(crate) fn spawner(&self) -> Spawner {
        Spawner(self.0.subscribe())
    }
}

/// Starts tasks that end with their [`Tasks`].
#[derive(Clone)]
pub(crate) struct Spawner(watch::Receiver<()>);

impl<F: Future<Output = ()> + Send + 'static> hyper::rt::Executor<F> for Spawner {
    fn execute(&self, task: F) {
        let mut client = self.0.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = task => {}
                // Nothing is ever sent: this is the end of the sender.
                _ = client.changed() => {}
            }
        });
    }
}
