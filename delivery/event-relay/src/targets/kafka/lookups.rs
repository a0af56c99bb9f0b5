//! Batches that wait for the ids of their schemas.

use super::super::{Batch, Outcome};
use super::KafkaTargetError;
use super::registry::{KafkaRegistry, RegistryClient};
use super::sender::Sender;
use crate::message::Message;
use event_core::record::frame::SchemaId;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

/// An event and a version of it.
type Version = (String, u32);

/// The ids that are known. They are asked for once: an id means one schema as long as its registry
/// exists.
type Ids = Mutex<HashMap<Version, SchemaId>>;

/// Sends batches whose ids are known at once, and the others after a thread has asked for them.
pub(super) struct Lookups {
    sender: Arc<Sender>,
    ids: Arc<Ids>,
    unknown: mpsc::Sender<Batch>,
}

impl Lookups {
    pub(super) fn start(
        registry: &KafkaRegistry,
        sender: Arc<Sender>,
    ) -> Result<Self, KafkaTargetError> {
        let client = RegistryClient::new(registry)
            .map_err(|error| KafkaTargetError::Registry { why: error.to_string() })?;
        let (unknown, batches) = channel();
        let ids = Arc::new(Ids::default());
        let work = Work { client, sender: Arc::clone(&sender), ids: Arc::clone(&ids) };
        thread::Builder::new()
            .name("relay registry".to_owned())
            .spawn(move || work.run(&batches))
            .map_err(|error| KafkaTargetError::Thread { why: error.to_string() })?;
        Ok(Self { sender, ids, unknown })
    }

    /// Sends a batch, without waiting for the registry.
    pub(super) fn publish(&self, batch: Batch) {
        if batch.messages().iter().all(|message| known(&self.ids, message).is_some()) {
            self.sender.send(batch, |message| known(&self.ids, message));
        } else {
            // Without the thread, the batch is dropped, which answers it.
            let _ = self.unknown.send(batch);
        }
    }
}

fn known(ids: &Ids, message: &Message) -> Option<SchemaId> {
    let ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
    ids.get(&version(message)).copied()
}

fn version(message: &Message) -> Version {
    (message.event_type.clone(), message.event_version)
}

/// What the thread has.
struct Work {
    client: RegistryClient,
    sender: Arc<Sender>,
    ids: Arc<Ids>,
}

impl Work {
    /// Takes all batches that wait in one round, so that a registry that hangs is asked once.
    fn run(&self, batches: &Receiver<Batch>) {
        while let Ok(first) = batches.recv() {
            let round: Vec<Batch> = [first].into_iter().chain(batches.try_iter()).collect();
            let (mut refused, mut away) = (HashMap::new(), None);
            for batch in round {
                match self.look_up(&batch, &mut refused, &mut away) {
                    None => self.sender.send(batch, |message| known(&self.ids, message)),
                    Some(outcome) => batch.answer(outcome),
                }
            }
        }
    }

    /// Asks for the ids of a batch. Returns what becomes of the batch if there is one without.
    fn look_up(
        &self,
        batch: &Batch,
        refused: &mut HashMap<Version, Outcome>,
        away: &mut Option<Outcome>,
    ) -> Option<Outcome> {
        for message in batch.messages() {
            let version = version(message);
            if known(&self.ids, message).is_some() {
                continue;
            }
            let found = refused.get(&version).or(away.as_ref()).cloned();
            match found.map_or_else(|| self.client.id(message), Err) {
                Ok(id) => {
                    self.ids.lock().unwrap_or_else(PoisonError::into_inner).insert(version, id);
                }
                Err(outcome) => {
                    match &outcome {
                        Outcome::Rejected { .. } => drop(refused.insert(version, outcome.clone())),
                        _ => *away = Some(outcome.clone()),
                    }
                    return Some(outcome);
                }
            }
        }
        None
    }
}
