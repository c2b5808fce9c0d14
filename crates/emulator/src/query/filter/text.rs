//! Comparing texts without regard to case.

use intercom_core::model::search::{Operator, Value};

/// A text of a search, in lower case.
#[derive(Debug)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn of(value: &Value) -> Self {
        Self(match value {
            Value::Text(text) => text.to_lowercase(),
            Value::Number(number) => number.to_string(),
            Value::Bool(value) => value.to_string(),
            _ => String::new(),
        })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn equals(&self, text: &str) -> bool {
        // Only other letters than those of ASCII take an allocation.
        text.eq_ignore_ascii_case(&self.0) || (!text.is_ascii() && text.to_lowercase() == self.0)
    }
}

/// How a text is found in another one.
#[derive(Debug, Clone, Copy)]
pub(super) enum TextTest {
    Contains,
    StartsWith,
    EndsWith,
}

impl TextTest {
    /// Returns the test of an operator; `None` if it is not one of texts.
    pub(super) const fn of(operator: &Operator) -> Option<Self> {
        match operator {
            Operator::Contains | Operator::NotContains => Some(Self::Contains),
            Operator::StartsWith => Some(Self::StartsWith),
            Operator::EndsWith => Some(Self::EndsWith),
            _ => None,
        }
    }

    /// Whether a text contains, starts or ends with a part.
    pub(super) fn holds(self, text: &str, part: &Text) -> bool {
        let part = part.0.as_str();
        if !text.is_ascii() {
            let text = text.to_lowercase();
            return match self {
                Self::Contains => text.contains(part),
                Self::StartsWith => text.starts_with(part),
                Self::EndsWith => text.ends_with(part),
            };
        }
        let (text, part) = (text.as_bytes(), part.as_bytes());
        let is_part = |slice: Option<&[u8]>| slice.is_some_and(|it| it.eq_ignore_ascii_case(part));
        match self {
            Self::Contains if part.is_empty() => true,
            Self::Contains => text.windows(part.len()).any(|it| is_part(Some(it))),
            Self::StartsWith => is_part(text.get(..part.len())),
            Self::EndsWith => {
                let start = text.len().checked_sub(part.len());
                is_part(start.and_then(|start| text.get(start..)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use intercom_core::model::search::{Operator, Value};
    use proptest::prelude::*;

    use super::{Text, TextTest};

    proptest! {
        #[test]
        fn comparing_does_not_depend_on_how_it_is_done(
            text in "[aAbBéÉİΣς1]{0,6}",
            part in "[aAbBéÉİΣς1]{0,3}",
        ) {
            let wanted = Text::of(&Value::from(part.as_str()));
            let (text_lower, part_lower) = (text.to_lowercase(), part.to_lowercase());
            prop_assert_eq!(wanted.equals(&text), text_lower == part_lower);
            let holds = |operator| TextTest::of(&operator).unwrap().holds(&text, &wanted);
            prop_assert_eq!(holds(Operator::Contains), text_lower.contains(&part_lower));
            prop_assert_eq!(holds(Operator::StartsWith), text_lower.starts_with(&part_lower));
            prop_assert_eq!(holds(Operator::EndsWith), text_lower.ends_with(&part_lower));
        }
    }
}
