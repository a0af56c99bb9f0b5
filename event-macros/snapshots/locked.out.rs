/// What went wrong.
pub struct ErrorDetails<'a> {
    pub error_kind: Str<'a>,
}
#[allow(
    dead_code,
    deprecated,
    unreachable_code,
    unused_variables,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::restriction
)]
const _: () = {
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Fields for ErrorDetails<'a> {
        fn encode_fields(&self, out: &mut ::event_core::Encoder) {
            <Str<
                'a,
            > as ::event_core::EventValue>::encode_field(
                &self.error_kind,
                ",\"error_kind\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Group for ErrorDetails<'a> {
        const META: &'static ::event_core::meta::GroupMeta = &::event_core::meta::GroupMeta {
            type_name: "ErrorDetails",
            module: ::event_core::__private::core::module_path!(),
            docs: "What went wrong.",
            members: &[
                ::event_core::meta::Member::Field(
                    ::event_core::meta::FieldMeta::new(
                        "error_kind",
                        "",
                        <Str<'a> as ::event_core::EventValue>::SHAPE,
                    ),
                ),
            ],
            context: false,
        };
        fn read(
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            {
                let (::event_core::__private::core::option::Option::Some(field_0),) = (
                    <Str<
                        'a,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "error_kind",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    error_kind: field_0,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::core::fmt::Debug for ErrorDetails<'a> {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("ErrorDetails", self, f)
        }
    }
};
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_failed`"]
pub struct PaymentProcessFailed<'a> {
    pub amount_cents: i64,
    pub reason: Option<Str<'a>>,
    pub error: ErrorDetails<'a>,
}
#[allow(
    dead_code,
    deprecated,
    unreachable_code,
    unused_variables,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::restriction
)]
const _: () = {
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Fields for PaymentProcessFailed<'a> {
        fn encode_fields(&self, out: &mut ::event_core::Encoder) {
            <i64 as ::event_core::EventValue>::encode_field(
                &self.amount_cents,
                ",\"amount_cents\":",
                out,
            );
            <Option<
                Str<'a>,
            > as ::event_core::EventValue>::encode_field(
                &self.reason,
                ",\"reason\":",
                out,
            );
            <ErrorDetails<'a> as ::event_core::Group>::encode_group(&self.error, out);
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Event for PaymentProcessFailed<'a> {
        const META: &'static ::event_core::meta::EventMeta = &::event_core::meta::EventMeta {
            name: ::event_core::meta::EventName {
                snake: "payment_process_failed",
                dotted: "payment.process.failed",
                domain: "payment",
                action: ::event_core::__private::core::option::Option::Some("process"),
                status: ::event_core::__private::core::option::Option::Some(::event_core::Status {
                    word: "failed",
                    class: ::event_core::StatusClass::Fault,
                }),
            },
            head: "{\"event\":\"payment_process_failed\",\"version\":1,\"level\":\"error",
            version: 1u32,
            latest: true,
            type_name: "PaymentProcessFailed",
            docs: "",
            level: ::event_core::meta::LevelRule::Fixed(::event_core::Level::Error),
            members: &[
                ::event_core::meta::Member::Field(
                    ::event_core::meta::FieldMeta::new(
                        "amount_cents",
                        "",
                        <i64 as ::event_core::EventValue>::SHAPE,
                    ),
                ),
                ::event_core::meta::Member::Field(
                    ::event_core::meta::FieldMeta::new(
                        "reason",
                        "",
                        <Option<Str<'a>> as ::event_core::EventValue>::SHAPE,
                    ),
                ),
                ::event_core::meta::Member::Group(
                    <ErrorDetails<'a> as ::event_core::Group>::META,
                ),
            ],
            context: ::event_core::__private::NO_GROUPS,
            needed_context: 0usize,
            wide: ::event_core::__private::NO_GROUPS,
            aliases: ::event_core::__private::NO_NAMES,
            sample: ::event_core::__private::core::option::Option::None,
            limit: ::event_core::__private::core::option::Option::None,
            governance: ::event_core::meta::Governance::NONE,
            source: ::event_core::meta::Source {
                module: ::event_core::__private::core::module_path!(),
                file: ::event_core::__private::core::file!(),
                line: 0u32,
                column: 0u32,
            },
        };
        fn read(
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            {
                let (
                    ::event_core::__private::core::option::Option::Some(field_0),
                    ::event_core::__private::core::option::Option::Some(field_1),
                    ::event_core::__private::core::option::Option::Some(field_2),
                ) = (
                    <i64 as ::event_core::EventValue>::read_field(
                        object,
                        "amount_cents",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <Option<
                        Str<'a>,
                    > as ::event_core::EventValue>::read_field(
                        object,
                        "reason",
                        ::event_core::__private::NO_NAMES,
                    ),
                    <ErrorDetails<'a> as ::event_core::Group>::read_group(object),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    amount_cents: field_0,
                    reason: field_1,
                    error: field_2,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Emit for PaymentProcessFailed<'a> {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new();
            &GATE
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::__private::core::fmt::Debug for PaymentProcessFailed<'a> {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentProcessFailed", self, f)
        }
    }
};
///Emits [`PaymentProcessFailed`]: `payment.process.failed`.
#[inline]
#[allow(
    dead_code,
    unused_qualifications,
    clippy::needless_pass_by_value,
    clippy::must_use_candidate
)]
pub fn emit_payment_process_failed(event: PaymentProcessFailed<'_>) {
    ::event_core::Emit::emit(event);
}
const _: () = ::event_core::__private::assert_group_fits(
    <PaymentProcessFailed<'static> as ::event_core::Event>::META,
    0usize,
    <ErrorDetails<'static> as ::event_core::Group>::META,
);
/// A draft: nothing is compared.
#[must_use = "an event that is not emitted is lost: call `emit_payment_process_started`"]
pub struct PaymentProcessStarted {
    pub amount_cents: i64,
}
#[allow(
    dead_code,
    deprecated,
    unreachable_code,
    unused_variables,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::restriction
)]
const _: () = {
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Fields for PaymentProcessStarted {
        fn encode_fields(&self, out: &mut ::event_core::Encoder) {
            <i64 as ::event_core::EventValue>::encode_field(
                &self.amount_cents,
                ",\"amount_cents\":",
                out,
            );
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Event for PaymentProcessStarted {
        const META: &'static ::event_core::meta::EventMeta = &::event_core::meta::EventMeta {
            name: ::event_core::meta::EventName {
                snake: "payment_process_started",
                dotted: "payment.process.started",
                domain: "payment",
                action: ::event_core::__private::core::option::Option::Some("process"),
                status: ::event_core::__private::core::option::Option::Some(::event_core::Status {
                    word: "started",
                    class: ::event_core::StatusClass::Begin,
                }),
            },
            head: "{\"event\":\"payment_process_started\",\"version\":1,\"level\":\"info",
            version: 1u32,
            latest: true,
            type_name: "PaymentProcessStarted",
            docs: "A draft: nothing is compared.",
            level: ::event_core::meta::LevelRule::Fixed(::event_core::Level::Info),
            members: &[
                ::event_core::meta::Member::Field(
                    ::event_core::meta::FieldMeta::new(
                        "amount_cents",
                        "",
                        <i64 as ::event_core::EventValue>::SHAPE,
                    ),
                ),
            ],
            context: ::event_core::__private::NO_GROUPS,
            needed_context: 0usize,
            wide: ::event_core::__private::NO_GROUPS,
            aliases: ::event_core::__private::NO_NAMES,
            sample: ::event_core::__private::core::option::Option::None,
            limit: ::event_core::__private::core::option::Option::None,
            governance: ::event_core::meta::Governance::NONE,
            source: ::event_core::meta::Source {
                module: ::event_core::__private::core::module_path!(),
                file: ::event_core::__private::core::file!(),
                line: 0u32,
                column: 0u32,
            },
        };
        fn read(
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::result::Result<
            Self,
            ::event_core::read::ReadError,
        > {
            {
                let (::event_core::__private::core::option::Option::Some(field_0),) = (
                    <i64 as ::event_core::EventValue>::read_field(
                        object,
                        "amount_cents",
                        ::event_core::__private::NO_NAMES,
                    ),
                ) else {
                    return ::event_core::__private::core::result::Result::Err(
                        object.error(),
                    )
                };
                ::event_core::__private::core::result::Result::Ok(Self {
                    amount_cents: field_0,
                })
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Emit for PaymentProcessStarted {
        #[inline]
        fn gate() -> &'static ::event_core::__private::Gate {
            static GATE: ::event_core::__private::Gate = ::event_core::__private::Gate::new();
            &GATE
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for PaymentProcessStarted {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::debug("PaymentProcessStarted", self, f)
        }
    }
};
///Emits [`PaymentProcessStarted`]: `payment.process.started`.
#[inline]
#[allow(
    dead_code,
    unused_qualifications,
    clippy::needless_pass_by_value,
    clippy::must_use_candidate
)]
pub fn emit_payment_process_started(event: PaymentProcessStarted) {
    ::event_core::Emit::emit(event);
}
#[allow(deprecated)]
const _: () = {
    const __KEPT: &::event_core::__private::Kept = &::event_core::__private::Kept {
        is_unchanged: ::event_core::__private::of_declared(
            9352139369031059058u64,
            &[
                (
                    11595663109915504328u64,
                    <i64 as ::event_core::EventValue>::FINGERPRINT,
                ),
                (
                    1438398259536650219u64,
                    <Option<Str<'static>> as ::event_core::EventValue>::FINGERPRINT,
                ),
            ],
            &[<ErrorDetails<'static> as ::event_core::Group>::FINGERPRINT],
            &[],
            &[],
        ) == 1215480754766357057u64,
        locked: ::event_core::__private::Locked {
            event: "payment_process_failed",
            version: 1u32,
            event_type: "payment.process.failed",
            mode: 3u8,
            fingerprint: 1215480754766357057u64,
            aliases: ::event_core::__private::NO_NAMES,
            revisions: &[
                ::event_core::__private::LockedRevision {
                    level: "error",
                    fields: "error_kind:text",
                },
            ],
            accepted: &[],
            command: "cargo run -p shop --",
        },
        event: <PaymentProcessFailed<'static> as ::event_core::Event>::META,
    };
    const _: () = ::event_core::__private::assert_event_kept(__KEPT, 0usize);
    const _: () = ::event_core::__private::assert_event_kept(__KEPT, 1usize);
    const _: () = ::event_core::__private::assert_field_kept(
        __KEPT,
        "amount_cents",
        &["amount_cents:i64"],
    );
    const _: () = ::event_core::__private::assert_field_kept(
        __KEPT,
        "reason",
        &["reason:text?"],
    );
    const _: () = ::event_core::__private::assert_group_kept(
        __KEPT,
        <ErrorDetails<'static> as ::event_core::Group>::META,
        ::event_core::__private::Place::Payload,
    );
};
#[allow(
    dead_code,
    deprecated,
    unreachable_code,
    unused_variables,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::restriction
)]
const _: () = {
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Begins for PaymentProcessStarted {
        type Begun = PaymentProcessStarted;
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Ends<PaymentProcessStarted> for PaymentProcessFailed<'a> {}
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl<'a> ::event_core::Fails<PaymentProcessStarted> for PaymentProcessFailed<'a> {}
};
#[allow(missing_docs)]
#[derive(
    ::event_core::__private::core::clone::Clone,
    ::event_core::__private::core::marker::Copy,
    ::event_core::__private::core::fmt::Debug,
    ::event_core::__private::core::cmp::PartialEq,
    ::event_core::__private::core::cmp::Eq
)]
#[allow(dead_code)]
pub enum Payment {
    ///`process`
    Process,
}
///The newest events of the domain `payment`.
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    clippy::large_enum_variant,
    clippy::enum_variant_names,
    clippy::module_name_repetitions
)]
pub enum PaymentEvent {
    ///`payment_process_failed`
    ProcessFailed(PaymentProcessFailed<'static>),
    ///`payment_process_started`
    ProcessStarted(PaymentProcessStarted),
}
#[allow(
    dead_code,
    deprecated,
    unreachable_code,
    unused_variables,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::restriction
)]
const _: () = {
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::PartEvent for PaymentEvent {
        fn any(&self) -> ::event_core::AnyEvent<'_> {
            match self {
                Self::ProcessFailed(event) => ::event_core::AnyEvent::of(event),
                Self::ProcessStarted(event) => ::event_core::AnyEvent::of(event),
            }
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::__private::core::fmt::Debug for PaymentEvent {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            ::event_core::__private::core::fmt::Debug::fmt(
                &::event_core::PartEvent::any(self),
                f,
            )
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ::event_core::Part for Payment {
        const PART: &'static ::event_core::PartMeta = {
            static PART: ::event_core::PartMeta = ::event_core::PartMeta {
                domain: ::event_core::__private::core::option::Option::Some(
                    &::event_core::DomainMeta {
                        name: "payment",
                        docs: "",
                        actions: &[("process", "")],
                        statuses: &[],
                        optional_action: false,
                        optional_status: false,
                        source: ::event_core::meta::Source {
                            module: ::event_core::__private::core::module_path!(),
                            file: ::event_core::__private::core::file!(),
                            line: 0u32,
                            column: 0u32,
                        },
                    },
                ),
                events: &[
                    <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                    <PaymentProcessStarted as ::event_core::Event>::META,
                ],
                dictionary: &[
                    ::event_core::DictionaryEntry::Field {
                        event: <PaymentProcessFailed<
                            'static,
                        > as ::event_core::Event>::META,
                        name: "amount_cents",
                    },
                    ::event_core::DictionaryEntry::Field {
                        event: <PaymentProcessFailed<
                            'static,
                        > as ::event_core::Event>::META,
                        name: "reason",
                    },
                    ::event_core::DictionaryEntry::Group {
                        event: <PaymentProcessFailed<
                            'static,
                        > as ::event_core::Event>::META,
                        group: <ErrorDetails<'static> as ::event_core::Group>::META,
                    },
                ],
            };
            &PART
        };
        type Event = PaymentEvent;
        fn read(
            name: &::event_core::__private::core::primitive::str,
            version: ::event_core::__private::core::primitive::u32,
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::option::Option<
            ::event_core::__private::core::result::Result<
                PaymentEvent,
                ::event_core::read::ReadError,
            >,
        > {
            let events = <Self as ::event_core::Part>::PART.events;
            if ::event_core::__private::is_asked_for(
                <PaymentProcessFailed<'static> as ::event_core::Event>::META,
                events,
                name,
                version,
            ) {
                return ::event_core::__private::core::option::Option::Some(
                    match <PaymentProcessFailed<
                        'static,
                    > as ::event_core::Event>::read(object) {
                        ::event_core::__private::core::result::Result::Ok(event) => {
                            ::event_core::__private::core::result::Result::Ok(
                                PaymentEvent::ProcessFailed(event),
                            )
                        }
                        ::event_core::__private::core::result::Result::Err(error) => {
                            ::event_core::__private::core::result::Result::Err(error)
                        }
                    },
                );
            }
            if ::event_core::__private::is_asked_for(
                <PaymentProcessStarted as ::event_core::Event>::META,
                events,
                name,
                version,
            ) {
                return ::event_core::__private::core::option::Option::Some(
                    match <PaymentProcessStarted as ::event_core::Event>::read(object) {
                        ::event_core::__private::core::result::Result::Ok(event) => {
                            ::event_core::__private::core::result::Result::Ok(
                                PaymentEvent::ProcessStarted(event),
                            )
                        }
                        ::event_core::__private::core::result::Result::Err(error) => {
                            ::event_core::__private::core::result::Result::Err(error)
                        }
                    },
                );
            }
            ::event_core::__private::core::option::Option::None
        }
    }
};
const _: () = {
    #[deprecated(
        note = "`payment_process_started` begins, but no event of the same action ends with a status of class `ok`; declare one (`failed` is `fault`, `completed` is `ok`), or write `#[action(open_ended = \"reason\")]`"
    )]
    #[allow(non_upper_case_globals)]
    const event_catalog: () = ();
    event_catalog
};
