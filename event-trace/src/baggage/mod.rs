//! `baggage`: W3C Baggage (Candidate Recommendation of 2024-05-30).

mod member;

pub use member::BaggageMember;

use crate::headers::BAGGAGE;
use crate::invalid::{HeaderRule, InvalidHeader};
use event_core::context::trace::Extracted;
use member::trimmed;
use std::fmt;

/// The number of members that every platform must pass on (§3.3.2).
const MOST_MEMBERS: usize = 64;
const TOO_MANY: HeaderRule = HeaderRule::TooManyMembers { most: MOST_MEMBERS };
/// The number of bytes that every platform must pass on (§3.3.2).
const MOST_BYTES: usize = 8192;

/// Keys and values that travel with a trace: at most 64 members and 8192 bytes.
///
/// Every service on the way can read and change them. So they are not a place for secrets, and not
/// a basis for authorization.
///
/// ```
/// use event_trace::{Baggage, BaggageMember};
///
/// let mut baggage = Baggage::parse("tenant=acme%20inc;via=edge , =broken").value;
/// assert_eq!(baggage.get("tenant"), Some("acme inc"));
///
/// baggage.insert(BaggageMember::new("plan", "50%")?)?;
/// assert_eq!(baggage.to_string(), "tenant=acme%20inc;via=edge,plan=50%25");
/// # Ok::<(), event_trace::InvalidHeader>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Baggage {
    members: Vec<BaggageMember>,
}

impl Baggage {
    /// Baggage without members.
    pub const fn new() -> Self {
        Self { members: Vec::new() }
    }

    /// Reads the header. A member that breaks a rule is left out and reported. If a key occurs
    /// twice, the first member counts. Octets that are not UTF-8 become U+FFFD (§3.2.1.3).
    pub fn parse(text: &str) -> Extracted<Self, InvalidHeader> {
        Self::parse_header(BAGGAGE, text)
    }

    /// Reads a list in the format of `baggage` from a header of this name.
    pub(crate) fn parse_header(header: &'static str, text: &str) -> Extracted<Self, InvalidHeader> {
        let written = text.split(',').map(trimmed).filter(|text| !text.is_empty());
        Self::collect(header, written.map(BaggageMember::parse))
    }

    /// Collects the valid members. Reads at most as many members as baggage may have, however many
    /// the header has.
    pub(crate) fn collect(
        header: &'static str,
        members: impl Iterator<Item = Result<BaggageMember, HeaderRule>>,
    ) -> Extracted<Self, InvalidHeader> {
        let mut value = Self::new();
        let mut discarded = Vec::new();
        for (at, member) in members.enumerate() {
            if at == MOST_MEMBERS {
                discarded.push(InvalidHeader::new(header, TOO_MANY));
                break;
            }
            let added = member.and_then(|member| value.add(member));
            discarded
                .extend(added.err().map(|rule| InvalidHeader::in_member(header, at + 1, rule)));
        }
        Extracted { value, discarded }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.members.iter().find(|member| member.key() == key).map(BaggageMember::value)
    }

    /// The members, in order.
    pub fn members(&self) -> &[BaggageMember] {
        &self.members
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Adds a member at the end. It replaces a member with the same key.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no space. The baggage is unchanged then.
    pub fn insert(&mut self, member: BaggageMember) -> Result<(), InvalidHeader> {
        let mut inserted = self.clone();
        inserted.members.retain(|other| other.key() != member.key());
        inserted.add(member).map_err(|rule| InvalidHeader::new(BAGGAGE, rule))?;
        *self = inserted;
        Ok(())
    }

    /// Removes a member.
    pub fn remove(&mut self, key: &str) -> Option<BaggageMember> {
        let at = self.members.iter().position(|member| member.key() == key)?;
        Some(self.members.remove(at))
    }

    fn add(&mut self, member: BaggageMember) -> Result<(), HeaderRule> {
        if self.get(member.key()).is_some() {
            return Err(HeaderRule::Duplicate);
        }
        if self.members.len() == MOST_MEMBERS {
            return Err(TOO_MANY);
        }
        self.members.push(member);
        // The length as it will be written, which may be longer than it was read.
        if self.to_string().len() > MOST_BYTES {
            self.members.pop();
            return Err(HeaderRule::TooLong { most: MOST_BYTES });
        }
        Ok(())
    }
}

impl fmt::Display for Baggage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, member) in self.members.iter().enumerate() {
            write!(f, "{}{member}", if at == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rules(text: &str) -> Vec<HeaderRule> {
        Baggage::parse(text).discarded.iter().map(InvalidHeader::rule).collect()
    }

    /// The examples of the specification, and the cases of its test suite.
    #[test]
    fn examples_of_the_specification() {
        let cases = [
            (
                "key1=value1,key2=value2;property1;property2, key3=value3; \
                 propertyKey=propertyValue",
                "key1=value1,key2=value2;property1;property2,key3=value3;propertyKey=propertyValue",
            ),
            ("userId=alice", "userId=alice"),
            ("serverNode=DF%2028,isProduction=false", "serverNode=DF%2028,isProduction=false"),
            ("userId=Am%C3%A9lie", "userId=Am%C3%A9lie"),
            (
                "SomeKey \t = \t SomeValue \t ; \t SomeProp \t , \t SomeKey2 \t = \t SomeValue2 \
                 \t ",
                "SomeKey=SomeValue;SomeProp,SomeKey2=SomeValue2",
            ),
            ("SomeKey=SomeValue=equals", "SomeKey=SomeValue=equals"),
            ("key=", "key="),
            ("a=%7E100%", "a=~100%25"),
            ("a=%FF", "a=%EF%BF%BD"),
            // A property has no meaning, so it is never rewritten.
            ("a=1;p=100%", "a=1;p=100%"),
            ("a=1;p=%7e;q=%FF;r=;s=%2", "a=1;p=%7e;q=%FF;r=;s=%2"),
            ("", ""),
            (",a=1,,b=2,", "a=1,b=2"),
        ];
        for (text, written) in cases {
            let read = Baggage::parse(text);
            assert_eq!(read.discarded, [], "{text}");
            assert_eq!(read.value.to_string(), written, "{text}");
        }
        assert_eq!(Baggage::parse("userId=Am%C3%A9lie").value.get("userId"), Some("Amélie"));
    }

    #[test]
    fn a_member_that_breaks_a_rule_is_left_out_and_named() {
        let cases = [
            ("key", HeaderRule::Member),
            ("key;prop=1", HeaderRule::Member),
            ("=1", HeaderRule::Key),
            ("a b=1", HeaderRule::Key),
            ("\"a\"=1", HeaderRule::Key),
            ("é=1", HeaderRule::Key),
            ("a=\"b\"", HeaderRule::Value),
            ("a=b c", HeaderRule::Value),
            ("a=b\\c", HeaderRule::Value),
            ("a=é", HeaderRule::Value),
            ("a=\u{1}", HeaderRule::Value),
            ("a=1;", HeaderRule::Property),
            ("a=1;p q", HeaderRule::Property),
            ("a=1;p=q r", HeaderRule::Property),
            ("good=2", HeaderRule::Duplicate),
        ];
        for (text, rule) in cases {
            let read = Baggage::parse(&format!("good=1,{text},last=2"));
            assert_eq!(read.discarded, [InvalidHeader::in_member(BAGGAGE, 2, rule)], "{text}");
            assert_eq!(read.value.to_string(), "good=1,last=2", "{text}");
        }
    }

    #[test]
    fn limits_hold_on_the_way_in_and_by_hand() {
        let many: Vec<String> = (0..70).map(|at| format!("k{at}=v")).collect();
        let mut baggage = Baggage::parse(&many.join(",")).value;
        assert_eq!(baggage.members().len(), 64);
        assert_eq!(rules(&many.join(",")), [HeaderRule::TooManyMembers { most: 64 }]);
        // However many members are wrong, no more are reported than are read.
        assert_eq!(rules(&"=,".repeat(1_000)).len(), 65);

        let another = BaggageMember::new("another", "v").unwrap();
        assert_eq!(
            baggage.insert(another).unwrap_err().rule(),
            HeaderRule::TooManyMembers { most: 64 }
        );
        baggage.insert(BaggageMember::new("k3", "new").unwrap()).unwrap();
        assert_eq!((baggage.members().len(), baggage.get("k3")), (64, Some("new")));
        assert_eq!(
            baggage.remove("k3").map(|member| member.value().to_owned()),
            Some("new".to_owned())
        );

        // 8192 bytes fit; one more does not, and what follows is still taken.
        let most = format!("a={}", "v".repeat(8190));
        assert_eq!(rules(&most), []);
        let read = Baggage::parse(&format!("a={},b=2", "v".repeat(8191)));
        assert_eq!(
            read.discarded,
            [InvalidHeader::in_member(BAGGAGE, 1, HeaderRule::TooLong { most: 8192 })]
        );
        assert_eq!(read.value.to_string(), "b=2");
        // A member that grows when it is written counts as it is written.
        assert_eq!(
            rules(&format!("a={}", "%FF".repeat(1_000))),
            [HeaderRule::TooLong { most: 8192 }]
        );
    }

    fn member() -> impl Strategy<Value = BaggageMember> {
        let token = || "[a-zA-Z0-9!#$%&'*+.^_`|~-]{1,8}";
        let properties = prop::collection::vec((token(), prop::option::of(any::<String>())), 0..3);
        (token(), any::<String>(), properties).prop_map(|(key, value, properties)| {
            let member = BaggageMember::new(&key, &value).unwrap();
            let with = |member: BaggageMember, (key, value): &(String, Option<String>)| {
                member.with_property(key, value.as_deref()).unwrap()
            };
            properties.iter().fold(member, with)
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(members in prop::collection::vec(member(), 0..5)) {
            let mut baggage = Baggage::new();
            for member in members {
                let before = baggage.clone();
                if baggage.insert(member).is_err() {
                    prop_assert_eq!(&baggage, &before);
                }
            }
            let read = Baggage::parse(&baggage.to_string());
            prop_assert_eq!(read, Extracted { value: baggage, discarded: Vec::new() });
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>(), near in "[a-c=;, %0-9\"]*") {
            for text in [text, near] {
                let read = Baggage::parse(&text).value;
                prop_assert_eq!(Baggage::parse(&read.to_string()), Extracted { value: read, discarded: Vec::new() });
            }
        }
    }
}
