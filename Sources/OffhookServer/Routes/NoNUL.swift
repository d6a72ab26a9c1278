import HTTPTypes
import NIOCore

/// Refuses the character NUL in what a request says. Files, C libraries and SQLite end a text there, so that what is checked and what is
/// used could differ; no name, number or note has one.
enum NoNUL {
    /// - Throws: ``Problem`` 422 where the path or the query has one.
    static func check(address: String) throws {
        // Encoded, since the parser takes no other. A percent sign that is itself encoded is followed by 25.
        if address.contains("%00") { throw problem }
    }

    /// - Throws: ``Problem`` 422 where a form has one.
    static func check(form: String) throws {
        if form.contains("%00") || form.utf8.contains(0) { throw problem }
    }

    /// - Throws: ``Problem`` 422 where a string of a JSON text has one. As a bare byte it is no JSON, and refused as such.
    static func check(json: ByteBufferView) throws {
        var isEscaped = false
        for (index, byte) in zip(json.indices, json) {
            if isEscaped {
                isEscaped = false
                if byte == UInt8(ascii: "u"), json[(index + 1)...].starts(with: "0000".utf8) { throw problem }
            } else {
                isEscaped = byte == UInt8(ascii: "\\")
            }
        }
    }

    private static let problem = Problem(
        .unprocessableContent, "The request has the character NUL in a text; send it without.", code: "nul")
}
