/// Tells from a header, or from a text that names a state, whether it is about people who want no calls.
enum OptOutHeader {
    /// What the header says; nil where it is about something else.
    static func kind(of header: String) -> OptOutKind? {
        let words = words(of: header)
        let joined = words.joined()
        if words.isEmpty || !Set(words).isDisjoint(with: OptOutWords.aboutChecking) { return nil }
        if OptOutWords.permission.contains(where: joined.contains), !saysNoCalls(words, joined) { return .permission }
        if saysNoCalls(words, joined) {
            return isTextMessage(words) ? .otherChannel("text messages") : .flag
        }
        let channel = OptOutWords.channels.first { isAbout($0.words, words, joined) }?.name
        let isTelephone = !Set(words).isDisjoint(with: OptOutWords.telephone)
        if OptOutWords.anyChannel.contains(where: joined.contains) {
            if let channel, !isTelephone { return .otherChannel(channel) }
            return .flag
        }
        if OptOutWords.usuallyMail.contains(where: joined.contains) {
            return isTelephone ? .flag : .otherChannel(channel ?? "e-mail")
        }
        // Dynamics: “Do not allow Emails”.
        if joined.contains("donotallow") || joined.hasPrefix("donot"), let channel { return .otherChannel(channel) }
        if OptOutWords.status.contains(joined) || words.count < 4 && !Set(words).isDisjoint(with: OptOutWords.status) {
            return .status
        }
        return nil
    }

    /// Whether a cell names the wish, as in a column of states: `DNC`, `Do not call`, `Ne pas appeler`; false where it says that there is
    /// none (`Not DNC`, `not on TPS`); nil where it is about something else.
    static func wish(in text: String) -> Bool? {
        guard (3...60).contains(text.utf8.count) else { return nil }
        let words = words(of: text)
        let joined = words.joined()
        guard saysNoCalls(words, joined) || OptOutWords.anyChannel.contains(where: joined.contains) else { return nil }
        return !hasNegation(words)
    }

    /// Whether a short text is `DNC` or one of its like; quick, for cells of columns that nobody would look at.
    static func isShortWish(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (3...4).contains(bytes.count), bytes.first == UInt8(ascii: "D") || bytes.first == UInt8(ascii: "d") else {
            return false
        }
        return ["dnc", "dncl", "dncc"].contains(text.lowercased())
    }

    private static func saysNoCalls(_ words: [String], _ joined: String) -> Bool {
        if ["nocall", "nocalls", "callno"].contains(joined) { return true }
        if words.contains(where: OptOutWords.registers.contains) { return true }
        return OptOutWords.noCalls.contains(where: joined.contains)
            || ["bloctel", "ctps", "robinson", "nixregist", "naomeperturbe"].contains(where: joined.hasPrefix)
            || joined.hasPrefix("isdnc") || joined.hasPrefix("ondnc") || joined.hasSuffix("dnc")
    }

    private static func hasNegation(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        return ["not", "no", "non", "nicht", "off", "clear", "passed"].contains(first)
            && words.contains(where: OptOutWords.registers.contains)
    }

    private static func isTextMessage(_ words: [String]) -> Bool {
        let words = Set(words)
        return !words.isDisjoint(with: OptOutWords.channels[1].words)
            && words.isDisjoint(with: ["phone", "call", "calls", "telephone"])
    }

    private static func isAbout(_ channel: Set<String>, _ words: [String], _ joined: String) -> Bool {
        if !channel.isDisjoint(with: words) { return true }
        return zip(words, words.dropFirst()).contains { $0 == "e" && ["mail", "mails", "post"].contains($1) }
            || ["email", "newsletter", "sms"].contains(where: { channel.contains($0) && joined.contains($0) })
    }

    /// Words without accents, also where a letter is one of its own: `Får ej ringas`, `Nie dzwonić`.
    static func words(of text: String) -> [String] {
        guard text.utf8.count <= 200 else { return [] }
        var plain = ""
        for character in text {
            switch character {
            case "ø": plain += "o"
            case "Ø": plain += "O"
            case "ł": plain += "l"
            case "Ł": plain += "L"
            case "æ": plain += "ae"
            case "Æ": plain += "AE"
            case "ß": plain += "ss"
            case "'", "’", "`": continue
            default: plain.append(character)
            }
        }
        return HeaderWords(plain).words
    }
}
