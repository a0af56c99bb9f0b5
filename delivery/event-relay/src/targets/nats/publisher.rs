//! The task that publishes: it sends batches, and answers them by what the server acknowledges.
//!
//! It awaits no acknowledgement: each has a subject of its own, with the number of its event, and
//! all of them arrive at one subscription.

use super::super::{Batch, Outcome};
use super::NatsTargetOptions;
use super::link::{Notice, Trouble, connect_options};
use super::outcome::{of_ack, unavailable};
use super::outgoing::Outgoing;
use super::window::{Flight, Window};
use async_nats::connection::State;
use async_nats::{Client, Message, Subject, Subscriber};
use futures_util::StreamExt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, Sleep, sleep};

/// Publishes the batches of a target.
pub(super) struct Publisher<'t> {
    options: &'t NatsTargetOptions,
    batches: &'t mut UnboundedReceiver<Batch>,
    notices: UnboundedReceiver<Notice>,
    client: Client,
    /// How the subjects of acknowledgements begin.
    inbox: String,
    acks: Subscriber,
    /// Why no acknowledgement can arrive: the relay may not subscribe to them.
    deaf: Option<String>,
    window: Window,
    /// What is known of batches, and not said yet.
    answers: Vec<(Batch, Outcome)>,
    trouble: Trouble,
    /// When the first of the batches in flight may be lost.
    alarm: Pin<Box<Sleep>>,
    is_armed: bool,
}

/// What happens next.
enum Step {
    Notice(Notice),
    Ack(Message),
    Batch(Batch),
    Alarm,
    /// The target was dropped.
    End,
    /// The client has ended.
    Closed,
}

/// Why the client cannot be used.
#[derive(Debug)]
pub(super) struct Closed;

impl<'t> Publisher<'t> {
    /// Starts a client. It connects while the publisher runs.
    pub(super) async fn start(
        options: &'t NatsTargetOptions,
        batches: &'t mut UnboundedReceiver<Batch>,
    ) -> Result<Self, Closed> {
        let (sender, notices) = unbounded_channel();
        let connect = connect_options(options, sender).map_err(|_| Closed)?;
        let client = connect.connect(options.servers.urls()).await.map_err(|_| Closed)?;
        let inbox = client.new_inbox();
        let acks = client.subscribe(format!("{inbox}.*")).await.map_err(|_| Closed)?;
        let (alarm, trouble) = (Box::pin(sleep(options.timeout)), Trouble::new(options));
        let (window, answers) = (Window::default(), Vec::new());
        let (deaf, is_armed) = (None, false);
        Ok(Self {
            options,
            batches,
            notices,
            client,
            inbox,
            acks,
            deaf,
            window,
            answers,
            trouble,
            alarm,
            is_armed,
        })
    }

    /// Publishes until the target is dropped.
    pub(super) async fn run(&mut self) -> Result<(), Closed> {
        loop {
            match self.next().await {
                Step::Notice(notice) => self.noticed(notice).await,
                Step::Ack(ack) => self.acknowledged(&ack).await,
                Step::Batch(batch) => self.send(Flight::new(batch, self.deadline())).await,
                Step::Alarm => self.give_up_lost().await,
                Step::End => return Ok(()),
                Step::Closed => return Err(Closed),
            }
        }
    }

    async fn next(&mut self) -> Step {
        if !self.is_armed
            && let Some(until) = self.window.until()
        {
            self.alarm.as_mut().reset(until);
            self.is_armed = true;
        }
        let most = self.options.in_flight / 2;
        poll_fn(|context| {
            if self.answers.len() > most {
                self.answers.drain(..).for_each(|(batch, outcome)| batch.answer(outcome));
            }
            if let Poll::Ready(Some(notice)) = self.notices.poll_recv(context) {
                return Poll::Ready(Step::Notice(notice));
            }
            if let Poll::Ready(ack) = self.acks.poll_next_unpin(context) {
                return Poll::Ready(ack.map_or(Step::Closed, Step::Ack));
            }
            if let Poll::Ready(batch) = self.batches.poll_recv(context) {
                return Poll::Ready(batch.map_or(Step::End, Step::Batch));
            }
            if self.is_armed && self.alarm.as_mut().poll(context).is_ready() {
                self.is_armed = false;
                return Poll::Ready(Step::Alarm);
            }
            self.answers.drain(..).for_each(|(batch, outcome)| batch.answer(outcome));
            Poll::Pending
        })
        .await
    }

    fn deadline(&self) -> Instant {
        Instant::now() + self.options.timeout
    }

    fn is_connected(&self) -> bool {
        self.client.connection_state() == State::Connected
    }

    /// Sends the next event of a batch, or keeps it until there is a connection.
    async fn send(&mut self, mut flight: Flight) {
        let Some(message) = flight.batch.messages().get(flight.at) else {
            let duplicates = flight.duplicates;
            return self.answer(flight, Outcome::Delivered { duplicates });
        };
        flight.sent = None;
        if !self.is_connected() {
            return self.window.add(flight);
        }
        let max_payload = self.client.max_payload();
        let outgoing = match Outgoing::new(self.options, message, max_payload) {
            Ok(outgoing) => outgoing,
            Err(outcome) => return self.answer(flight, outcome),
        };
        if self.deaf.is_some() {
            self.listen_again().await;
        }
        let Outgoing { subject, headers, payload, bytes } = outgoing;
        let reply = Subject::from(format!("{}.{}", self.inbox, self.window.next()));
        let client = &self.client;
        let queued = client.publish_with_reply_and_headers(subject, reply, headers, payload.into());
        if queued.await.is_ok() {
            flight.sent = Some(bytes);
            self.window.add(flight);
        } else {
            let outcome = self.trouble.outcome("cannot publish to");
            self.answer(flight, outcome);
        }
    }

    /// The server forgets a subscription that it does not allow.
    async fn listen_again(&mut self) {
        if let Ok(acks) = self.client.subscribe(format!("{}.*", self.inbox)).await {
            self.acks = acks;
        }
    }

    async fn acknowledged(&mut self, ack: &Message) {
        self.deaf = None;
        self.trouble.ends();
        let number = ack.subject.rsplit('.').next().and_then(|number| number.parse().ok());
        // One that comes too late was sent again.
        let Some(mut flight) = number.and_then(|number| self.window.take(number)) else { return };
        let bytes = flight.sent.unwrap_or_default();
        match of_ack(ack, || self.shown(&flight), bytes) {
            Outcome::Delivered { duplicates } => {
                flight.duplicates += duplicates;
                flight.at += 1;
                flight.until = self.deadline();
                self.send(flight).await;
            }
            outcome => self.answer(flight, outcome),
        }
    }

    /// The subject of what is sent, as it may be shown.
    fn shown(&self, flight: &Flight) -> String {
        let message = flight.batch.messages().get(flight.at);
        message.map_or_else(String::new, |message| self.options.subject.shown(message))
    }

    async fn noticed(&mut self, notice: Notice) {
        match notice {
            Notice::Connected => {
                self.trouble.ends();
                for flight in self.window.take_all(|flight| flight.sent.is_none()) {
                    self.send(Flight { until: self.deadline(), ..flight }).await;
                }
            }
            // What was sent may have arrived: it is sent again, and the server finds the duplicate.
            Notice::Lost => {
                for flight in self.window.take_all(|flight| flight.sent.is_some()) {
                    let outcome = self.trouble.outcome("lost the connection to");
                    self.answer(flight, outcome);
                }
            }
            Notice::Unreachable(servers) => self.trouble.unreachable(&servers),
            Notice::Said(words) => self.heard(&words),
        }
    }

    /// The server says what it does not allow, and never names the message.
    fn heard(&mut self, words: &str) {
        let Some((_, what)) = words.split_once("Permissions Violation for ") else {
            return self.trouble.said(words);
        };
        let subject = what.split('"').nth(1).unwrap_or_default();
        if what.starts_with("Subscription") {
            let reason = format!(
                "the relay may not subscribe to `{}.>`, so that no acknowledgement arrives\nhelp: \
                 allow it, or configure the `inbox_prefix` that is allowed",
                self.options.inbox_prefix
            );
            self.deaf = Some(reason);
        }
        let is_meant = |flight: &Flight| {
            let message = flight.batch.messages().get(flight.at).filter(|_| flight.sent.is_some());
            message.and_then(|message| self.options.subject.of(message)).as_deref() == Some(subject)
        };
        for flight in self.window.take_all(is_meant) {
            let shown = self.shown(&flight);
            let reason = format!(
                "the relay may not publish to `{shown}`\nhelp: allow it to the user of the target"
            );
            self.answer(flight, unavailable(reason));
        }
    }

    /// Answers what has waited too long.
    async fn give_up_lost(&mut self) {
        let now = Instant::now();
        while let Some(flight) = self.window.take_lost(now) {
            let outcome = match (&flight.sent, &self.deaf) {
                (None, _) if self.is_connected() => {
                    self.send(Flight { until: self.deadline(), ..flight }).await;
                    continue;
                }
                (None, _) => self.trouble.outcome("cannot connect to"),
                (Some(_), Some(reason)) => unavailable(reason.clone()),
                (Some(_), None) => {
                    let what = format!("no acknowledgement within {:?} from", self.options.timeout);
                    self.trouble.no_answer(&what)
                }
            };
            self.answer(flight, outcome);
        }
    }

    /// Keeps an outcome until nothing else is to be done at once: a relay that is woken for each
    /// acknowledgement sends its batches one by one, which costs it and the server half their time.
    fn answer(&mut self, flight: Flight, outcome: Outcome) {
        self.answers.push((flight.batch, outcome));
    }
}
