//! The smallest pair that still does what a pair does.

use serde_json::Value;

/// Makes both schemas smaller, as long as `still` says that what is looked for is there.
pub(crate) fn shrink(
    mut old: Value,
    mut new: Value,
    still: impl Fn(&Value, &Value) -> bool,
) -> (Value, Value) {
    loop {
        let smaller = both(&old, &new).find(|(old, new)| still(old, new));
        let smaller = smaller.or_else(|| {
            let olds = steps(&old).into_iter().map(|smaller| (smaller, new.clone()));
            let news = steps(&new).into_iter().map(|smaller| (old.clone(), smaller));
            olds.chain(news).find(|(old, new)| still(old, new))
        });
        match smaller {
            Some(pair) => (old, new) = pair,
            None => return (old, new),
        }
    }
}

/// The same step in both, where both have the place.
fn both<'s>(old: &'s Value, new: &'s Value) -> impl Iterator<Item = (Value, Value)> + 's {
    pointers(old).into_iter().flat_map(move |pointer| {
        let (olds, news) = (steps_at(old, &pointer), steps_at(new, &pointer));
        olds.into_iter().zip(news)
    })
}

fn steps(value: &Value) -> Vec<Value> {
    pointers(value).iter().flat_map(|pointer| steps_at(value, pointer)).collect()
}

fn pointers(value: &Value) -> Vec<String> {
    fn collect(value: &Value, pointer: &str, into: &mut Vec<String>) {
        into.push(pointer.to_owned());
        match value {
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(at, item)| collect(item, &format!("{pointer}/{at}"), into));
            }
            Value::Object(members) => {
                for (key, member) in members {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    collect(member, &format!("{pointer}/{key}"), into);
                }
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    collect(value, "", &mut all);
    all
}

/// Without each of the members of what is there; with each member in its place.
fn steps_at(root: &Value, pointer: &str) -> Vec<Value> {
    let with = |changed: Value| {
        let mut root = root.clone();
        *root.pointer_mut(pointer)? = changed;
        Some(root)
    };
    let Some(at) = root.pointer(pointer) else { return Vec::new() };
    let mut smaller = Vec::new();
    match at {
        Value::Object(members) => {
            for key in members.keys().filter(|key| *key != "$schema") {
                let mut left = members.clone();
                left.remove(key);
                smaller.push(left.into());
            }
            if !pointer.is_empty() {
                smaller.extend(members.values().filter(|member| member.is_object()).cloned());
            }
        }
        Value::Array(items) => {
            for index in 0..items.len() {
                let mut left = items.clone();
                left.remove(index);
                smaller.push(left.into());
            }
            smaller.extend(items.iter().filter(|item| item.is_object()).cloned());
        }
        _ => {}
    }
    smaller.into_iter().filter_map(with).collect()
}
