/// The way back: from what was dialled at a site, or what a phone shows of it, to the number.
extension DialPlan {
    /// The number that a string reaches when it is dialled at the site; nil where it is none that can be in use, such as a
    /// colleague's extension.
    ///
    /// What ``dialString(for:method:)`` writes is undone: the prefix for an outside line, `plus` in place of the plus, the
    /// region's international and trunk prefixes. People dial in other forms than the program, and phones may show the number
    /// without its prefix, so a form that leads to a number whose range is in use wins over one that does not.
    public func number(dialled text: String, method: DialMethod) -> PhoneNumber? {
        let reader = NumberReader()
        let readings = forms(of: text, method: method).compactMap { try? reader.read($0, region: region).get() }
        return (readings.first { $0.validity == .valid } ?? readings.first)?.number
    }

    /// What the string may stand for, the likeliest first: with the prefix taken off, then as it is.
    private func forms(of text: String, method: DialMethod) -> [String] {
        let bodies = !prefix.isEmpty && text.hasPrefix(prefix) ? [String(text.dropFirst(prefix.count)), text] : [text]
        return bodies.flatMap { body -> [String] in
            if body.hasPrefix("+") { return [body] }
            var forms = [body]
            if format(method) == .e164 { forms.insert("+" + body, at: 0) }
            if !plus.isEmpty, body.hasPrefix(plus) { forms.insert("+" + body.dropFirst(plus.count), at: 0) }
            return forms
        }
    }
}
