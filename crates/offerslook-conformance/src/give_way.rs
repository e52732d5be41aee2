use std::{
    pin::Pin,
    task::{Context, Poll},
};

/// Lets whatever else is ready in a runtime go first, once: tasks that were aborted are cleaned up then, also where
/// a runtime runs only while something is waited for.
#[derive(Default)]
pub(crate) struct GiveWay {
    has_given_way: bool,
}

impl Future for GiveWay {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.has_given_way {
            return Poll::Ready(());
        }
        self.has_given_way = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
