/// Makes texts of the bytes of fields.
enum CSVFieldText {
    /// The texts of a row's fields; a problem if one of them is not UTF-8.
    static func content(of fields: [CSVScanner.Field], in bytes: UnsafeRawBufferPointer) -> CSVRow.Content {
        var texts: [String] = []
        texts.reserveCapacity(fields.count)
        for field in fields {
            guard let text = text(of: field, in: bytes) else { return .problem(.notUTF8(column: texts.count + 1)) }
            texts.append(text)
        }
        return .fields(texts)
    }

    private static func text(of field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer) -> String? {
        let content = UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end])
        guard field.hasDoubledQuotes else { return String(validating: content, as: UTF8.self) }
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
        return String(validating: single, as: UTF8.self)
    }
}
