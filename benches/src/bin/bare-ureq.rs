//! ureq alone, on threads.

use std::{
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

use anyhow::Result;
use offerslook_bench::peer::{self, Answer, IN_FLIGHT, Row, Work, links};
use ureq::Agent;

fn main() -> Result<()> {
    let work = Work::from_args()?;
    let config = Agent::config_builder().max_idle_connections_per_host(IN_FLIGHT).build();
    let agent = Agent::new_with_config(config);
    let urls = Mutex::new(work.urls());
    let (sender, answers) = mpsc::sync_channel(IN_FLIGHT);
    let found = thread::scope(|scope| {
        for _ in 0..IN_FLIGHT {
            let (agent, urls, sender) = (&agent, &urls, sender.clone());
            scope.spawn(move || {
                let next = || urls.lock().unwrap_or_else(PoisonError::into_inner).next();
                while let Some(url) = next() {
                    if sender.send(get(agent, &url)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        answers.into_iter().map(|rows| Ok(links(&rows?))).sum::<Result<u64>>()
    })?;
    work.finish(found)
}

fn get(agent: &Agent, url: &str) -> Result<Vec<Row>> {
    let mut response = agent.get(url).header("authorization", peer::AUTHORIZATION).call()?;
    serde_json::from_slice::<Answer>(&response.body_mut().read_to_vec()?)?.rows()
}
