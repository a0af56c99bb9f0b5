/// Everything that the shop emits.
#[allow(deprecated, clippy::large_enum_variant)]
pub enum ShopEvent {
    #[allow(rustdoc::private_intra_doc_links)]
    ///
    ///The events of [`payment::Payment`].
    Payment(::event_core::__private::EventOf<payment::Payment>),
    #[cfg(feature = "orders")]
    #[allow(rustdoc::private_intra_doc_links)]
    ///
    ///The events of [`order::Order`].
    Order(::event_core::__private::EventOf<order::Order>),
}
///What `ShopEvent` joins.
pub static CATALOG: ::event_core::Catalog = ::event_core::Catalog::new(
        "ShopEvent",
        "Everything that the shop emits.",
        ShopEvent::BLOCKS,
    )
    .of_package(
        ::event_core::__private::or_empty(
            ::event_core::__private::core::option_env!("CARGO_PKG_NAME"),
        ),
        ::event_core::__private::or_empty(
            ::event_core::__private::core::option_env!("CARGO_PKG_VERSION"),
        ),
    );
#[allow(
    dead_code,
    deprecated,
    elided_lifetimes_in_paths,
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
    impl ::event_core::__private::core::fmt::Debug for ShopEvent {
        fn fmt(
            &self,
            f: &mut ::event_core::__private::core::fmt::Formatter<'_>,
        ) -> ::event_core::__private::core::fmt::Result {
            let (name, event) = self.block_event();
            f.debug_tuple(name).field(&event.any()).finish()
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ShopEvent {
        /// The descriptor of the event.
        pub fn meta(&self) -> &'static ::event_core::meta::EventMeta {
            self.block_event().1.any().meta
        }
        /// The level of the event.
        pub fn level(&self) -> ::event_core::Level {
            self.block_event().1.any().level
        }
        /// Emits a replayed or forwarded event to `sink`, which is an emitter or a buffer.
        #[allow(unused_parens, unreachable_patterns)]
        pub fn emit_to<
            S: ::event_core::__private::EmitTarget
                + ?::event_core::__private::core::marker::Sized,
        >(&self, sink: &mut S) {
            let call = match *self {
                Self::Payment((ref event) | (ref event)) => {
                    ::event_core::__private::EmitAny::call(event)
                }
                #[cfg(feature = "orders")]
                Self::Order((ref event) | (ref event)) => {
                    ::event_core::__private::EmitAny::call(event)
                }
            };
            ::event_core::__private::EmitTarget::accept(sink, call);
        }
        #[allow(unused_parens, unreachable_patterns)]
        fn block_event(
            &self,
        ) -> (
            &'static ::event_core::__private::core::primitive::str,
            &dyn ::event_core::__private::BlockEvent,
        ) {
            match *self {
                Self::Payment((ref event) | (ref event)) => ("Payment", event),
                #[cfg(feature = "orders")]
                Self::Order((ref event) | (ref event)) => ("Order", event),
            }
        }
    }
    #[cfg(not(doc))]
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ShopEvent
    where
        for<'always> payment::Payment: ::event_core::__private::Block,
    {
        /// Reads a flat line or an envelope as the newest version of its event; unknown keys
        /// are ignored.
        ///
        /// # Errors
        ///
        /// If it is not an event of the catalog.
        pub fn decode(
            text: &::event_core::__private::core::primitive::str,
        ) -> ::event_core::__private::core::result::Result<
            ShopEvent,
            ::event_core::__private::DecodeError,
        > {
            Self::decode_with(text, ::event_core::__private::Unknown::Ignore)
        }
        /// Reads a flat line or an envelope as the newest version of its event.
        ///
        /// # Errors
        ///
        /// If it is not an event of the catalog.
        pub fn decode_with(
            text: &::event_core::__private::core::primitive::str,
            unknown: ::event_core::__private::Unknown,
        ) -> ::event_core::__private::core::result::Result<
            ShopEvent,
            ::event_core::__private::DecodeError,
        > {
            static INDEX: ::event_core::__private::Index = ::event_core::__private::Index::new(
                ShopEvent::BLOCKS,
            );
            ::event_core::__private::decode(text, unknown, &INDEX, Self::read)
        }
    }
    #[cfg(doc)]
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ShopEvent {
        /// Reads a flat line or an envelope as the newest version of its event; unknown keys
        /// are ignored.
        ///
        /// # Errors
        ///
        /// If it is not an event of the catalog.
        pub fn decode(
            text: &::event_core::__private::core::primitive::str,
        ) -> ::event_core::__private::core::result::Result<
            ShopEvent,
            ::event_core::__private::DecodeError,
        > {
            Self::decode_with(text, ::event_core::__private::Unknown::Ignore)
        }
        /// Reads a flat line or an envelope as the newest version of its event.
        ///
        /// # Errors
        ///
        /// If it is not an event of the catalog.
        pub fn decode_with(
            text: &::event_core::__private::core::primitive::str,
            unknown: ::event_core::__private::Unknown,
        ) -> ::event_core::__private::core::result::Result<
            ShopEvent,
            ::event_core::__private::DecodeError,
        > {
            static INDEX: ::event_core::__private::Index = ::event_core::__private::Index::new(
                ShopEvent::BLOCKS,
            );
            ::event_core::__private::decode(text, unknown, &INDEX, Self::read)
        }
    }
    #[automatically_derived]
    #[diagnostic::do_not_recommend]
    impl ShopEvent
    where
        for<'always> payment::Payment: ::event_core::__private::Block,
    {
        fn read(
            block: ::event_core::__private::core::primitive::usize,
            place: ::event_core::__private::core::primitive::usize,
            object: &mut ::event_core::read::Object<'_>,
        ) -> ::event_core::__private::core::option::Option<
            ::event_core::__private::core::result::Result<
                ShopEvent,
                ::event_core::read::ReadError,
            >,
        > {
            match block {
                0 => {
                    (::event_core::__private::read_variant)(
                        <payment::Payment as ::event_core::__private::Block>::read,
                        <ShopEvent>::Payment,
                        place,
                        object,
                    )
                }
                #[cfg(feature = "orders")]
                1 => {
                    (::event_core::__private::read_variant)(
                        <order::Order as ::event_core::__private::Block>::read,
                        <ShopEvent>::Order,
                        place,
                        object,
                    )
                }
                _ => ::event_core::__private::core::option::Option::None,
            }
        }
    }
};
#[automatically_derived]
#[diagnostic::do_not_recommend]
#[allow(dead_code, unused_parens, clippy::all, clippy::pedantic, clippy::restriction)]
impl ShopEvent {
    /// The blocks and free events, as declared.
    pub const BLOCKS: &'static [&'static ::event_core::__private::BlockMeta] = &[
        <payment::Payment as ::event_core::__private::Block>::BLOCK,
        #[cfg(feature = "orders")]
        <order::Order as ::event_core::__private::Block>::BLOCK,
    ];
    ///Fails to build where the catalog lacks `E`: `const _: () = ShopEvent::assert_declares::<E>();`.
    #[track_caller]
    pub const fn assert_declares<E: (::event_core::Event)>() {
        ::event_core::__private::assert_declared(
            "ShopEvent",
            Self::BLOCKS,
            <E as ::event_core::Event>::META,
        );
    }
}
const _: () = {
    const SIZE: ::event_core::__private::core::primitive::usize = ::event_core::__private::table_size(
        ShopEvent::BLOCKS,
    );
    #[allow(long_running_const_eval)]
    const CONFLICTS: ::event_core::__private::Conflicts = ::event_core::__private::conflicts::<
        SIZE,
    >(ShopEvent::BLOCKS);
    const _: () = {
        const BEFORE: &[()] = &[];
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            0usize,
        );
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            1usize,
        );
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            2usize,
        );
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            3usize,
        );
    };
    #[cfg(feature = "orders")]
    const _: () = {
        const BEFORE: &[()] = &[()];
        #[cfg(feature = "orders")]
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            0usize,
        );
        #[cfg(feature = "orders")]
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            1usize,
        );
        #[cfg(feature = "orders")]
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            2usize,
        );
        #[cfg(feature = "orders")]
        const _: () = (::event_core::__private::assert_block_fits)(
            &CONFLICTS,
            BEFORE.len(),
            3usize,
        );
    };
};
