//! The format of server-sent events, as the HTML standard has it.

/// One event: what it says, and what it changes for the next connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ServerEvent {
    pub(super) data: Vec<u8>,
    pub(super) id: Option<Vec<u8>>,
    pub(super) retry_ms: Option<u64>,
}

/// Splits bytes, which arrive in any pieces, into events. It holds no more than the limit.
#[derive(Debug)]
pub(super) struct Parser {
    limit: usize,
    line: Vec<u8>,
    event: ServerEvent,
    has_data: bool,
    after_carriage_return: bool,
    is_start: bool,
}

/// An event is longer than the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Parser {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            event: ServerEvent::default(),
            has_data: false,
            after_carriage_return: false,
            is_start: true,
        }
    }

    /// Reads a piece, and adds the events that it completes.
    pub(super) fn push(
        &mut self,
        piece: &[u8],
        events: &mut impl Extend<ServerEvent>,
    ) -> Result<(), TooLong> {
        for &byte in piece {
            let follows = std::mem::replace(&mut self.after_carriage_return, byte == b'\r');
            match byte {
                // The second half of a line end.
                b'\n' if follows => {}
                b'\n' | b'\r' => events.extend(self.end_line()),
                _ => {
                    if self.line.len() + self.event.data.len() >= self.limit {
                        return Err(TooLong);
                    }
                    self.line.push(byte);
                }
            }
        }
        Ok(())
    }

    fn end_line(&mut self) -> Option<ServerEvent> {
        let line = std::mem::take(&mut self.line);
        let mut line = line.as_slice();
        if std::mem::take(&mut self.is_start) {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            let is_event = std::mem::take(&mut self.has_data) || event.retry_ms.is_some();
            return is_event.then_some(event);
        }
        let (field, value) = match line.iter().position(|&byte| byte == b':') {
            Some(colon) => {
                let (field, rest) = line.split_at(colon);
                let value = rest.strip_prefix(b":").unwrap_or(rest);
                (field, value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line, &b""[..]),
        };
        match field {
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push(b'\n');
                }
                self.event.data.extend_from_slice(value);
            }
            b"id" if !value.contains(&0) => self.event.id = Some(value.to_vec()),
            b"retry" => {
                let digits = std::str::from_utf8(value).ok();
                let digits = digits.filter(|text| text.bytes().all(|it| it.is_ascii_digit()));
                self.event.retry_ms = digits.and_then(|text| text.parse().ok());
            }
            // Comments, the name of the event, and fields that do not exist yet.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Parser, ServerEvent, TooLong};

    fn data(events: &[ServerEvent]) -> Vec<&str> {
        let data = events.iter().map(|event| event.data.as_slice());
        data.map(|data| std::str::from_utf8(data).unwrap())
            .collect()
    }

    fn parse(pieces: &[&[u8]]) -> Vec<ServerEvent> {
        let mut parser = Parser::new(100);
        let mut events = Vec::new();
        for piece in pieces {
            parser.push(piece, &mut events).unwrap();
        }
        events
    }

    #[test]
    fn events_are_those_of_the_standard() {
        let text = "\u{feff}: a comment\nid: 7\nretry: 250\ndata: one\ndata:two\n\ndata\n\nname: x\n\ndata: never ended";
        let events = parse(&[text.as_bytes()]);
        assert_eq!(data(&events), ["one\ntwo", ""]);
        assert_eq!(events[0].id.as_deref(), Some(&b"7"[..]));
        assert_eq!(events[0].retry_ms, Some(250));
    }

    #[test]
    fn lines_end_in_any_of_three_ways() {
        for end in ["\n", "\r", "\r\n"] {
            let text = format!("data: one{end}{end}data: two{end}{end}");
            assert_eq!(data(&parse(&[text.as_bytes()])), ["one", "two"], "{end:?}");
        }
    }

    #[test]
    fn an_event_longer_than_the_limit_is_refused_whatever_its_lines() {
        for text in [
            "x".repeat(101),
            "data: x\n".repeat(101),
            "data:\n".repeat(101),
        ] {
            let mut parser = Parser::new(100);
            let pushed = parser.push(text.as_bytes(), &mut Vec::new());
            assert_eq!(pushed, Err(TooLong), "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(
            text in "(data: [a-z]{0,5}(\r|\n|\r\n)|id: [a-z]{0,3}\n|\r\n|\n){0,12}",
            cut: prop::sample::Index,
        ) {
            let bytes = text.as_bytes();
            let (head, tail) = bytes.split_at(cut.index(bytes.len() + 1));
            prop_assert_eq!(parse(&[head, tail]), parse(&[bytes]));
        }

        #[test]
        fn foreign_bytes_are_parsed_or_refused(bytes: Vec<u8>) {
            let _ = Parser::new(100).push(&bytes, &mut Vec::new());
        }
    }
}
