extension String {
    /// The text without white space at its ends; control characters at the ends go too.
    func trimmingWhitespace() -> String {
        func isPadding(_ character: Character) -> Bool {
            character.isWhitespace || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
        }
        let utf8 = self.utf8
        // Nearly every field is clean ASCII at both ends; nothing else needs a look.
        if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) {
            return self
        }
        guard let start = firstIndex(where: { !isPadding($0) }), let last = lastIndex(where: { !isPadding($0) }) else {
            return ""
        }
        return String(self[start...last])
    }
}
