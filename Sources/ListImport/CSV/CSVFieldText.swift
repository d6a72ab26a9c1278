/// Makes texts of the bytes of fields.
enum CSVFieldText {
    /// The texts of a row's fields; a problem if one of them is not UTF-8, unless the row may be read as Windows-1252.
    static func content(
        of fields: [CSVScanner.Field], in bytes: UnsafeRawBufferPointer, fallsBack: Bool
    ) -> (content: CSVRow.Content, fellBack: Bool) {
        var texts: [String] = []
        texts.reserveCapacity(fields.count)
        var fellBack = false
        for field in fields {
            if let text = text(of: field, in: bytes) {
                texts.append(text)
            } else if fallsBack {
                fellBack = true
                texts.append(Windows1252.text(content(of: field, in: bytes)))
            } else {
                return (.problem(.notUTF8(column: texts.count + 1)), false)
            }
        }
        return (.fields(texts), fellBack)
    }

    private static func text(of field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer) -> String? {
        field.hasDoubledQuotes
            ? String(validating: content(of: field, in: bytes), as: UTF8.self)
            : String(validating: UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end]), as: UTF8.self)
    }

    /// The bytes of a field, of each pair of quotes one.
    private static func content(of field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let content = bytes[field.start..<field.end]
        guard field.hasDoubledQuotes else { return Array(content) }
        var single: [UInt8] = []
        single.reserveCapacity(content.count)
        // Inside a quoted field quotes come in pairs only; of each pair the first is kept.
        var skipsQuote = false
        for byte in content {
            let isQuote = byte == UInt8(ascii: "\"")
            if isQuote, skipsQuote {
                skipsQuote = false
            } else {
                skipsQuote = isQuote
                single.append(byte)
            }
        }
        return single
    }
}
