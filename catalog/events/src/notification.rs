//! Messages to customers.

use event_core::{Str, events};

use crate::context::OrderContext;

events!(
    /// Messages to customers about their orders.
    #[domain(owner = "messaging", context(OrderContext))]
    pub enum Notification {
        /// Hand a message to the service that delivers it.
        #[action(open_ended = "no published system names a message that could not be sent")]
        Send,
    }

    /// A message is being sent.
    #[event(info)]
    pub struct NotificationSendStarted<'a> {
        /// What the message is for.
        #[field(example = "order_confirmation")]
        pub r#type: Str<'a>,
    }

    /// A message is on its way; whether it arrives is not known here.
    #[event(info)]
    pub struct NotificationSendSuccess;
);
