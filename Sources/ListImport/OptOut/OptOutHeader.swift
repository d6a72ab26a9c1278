/// Tells from a header, or from a text that names a state, whether it is about people who want no calls.
enum OptOutHeader {
    /// What the header says; nil where it is about something else.
    static func kind(of header: String) -> OptOutKind? {
        let words = words(of: header)
        let joined = words.joined()
        let all = Set(words)
        if words.isEmpty || !all.isDisjoint(with: OptOutWords.aboutChecking) { return nil }
        // “No. calls” is a count.
        if header.lowercased().hasPrefix("no."), joined.hasPrefix("nocall") { return nil }
        let saysNoCalls = saysNoCalls(words, joined)
        let isTelephone = !all.isDisjoint(with: OptOutWords.telephone)
        if !saysNoCalls, isPermission(all, joined, isTelephone) { return .permission }
        if saysNoCalls { return kindOfWish(words, joined) }
        let channel = OptOutWords.channels.first { isAbout($0.words, words, joined) }?.name
        if OptOutWords.anyChannel.contains(where: joined.contains) {
            if let channel, !isTelephone { return .otherChannel(channel) }
            if !all.isDisjoint(with: OptOutWords.times) { return .otherChannel("hours") }
            return isTelephone || isAboutItAlone(words) ? .flag : .otherChannel("something else")
        }
        if OptOutWords.usuallyMail.contains(where: joined.contains) {
            return isTelephone ? .flag : .otherChannel(channel ?? "e-mail")
        }
        // Dynamics: “Do not allow Emails”.
        if joined.contains("donotallow") || joined.hasPrefix("donot"), let channel { return .otherChannel(channel) }
        if OptOutWords.status.contains(joined) || words.count < 4 && !all.isDisjoint(with: OptOutWords.status) {
            return .status
        }
        return nil
    }

    /// What a header says that is about calls.
    private static func kindOfWish(_ words: [String], _ joined: String) -> OptOutKind {
        if isTextMessage(words) { return .otherChannel("text messages") }
        // “DNC clear”, “Not on DNC”: its no is the wish.
        if isNegatedRegister(words) { return .permission }
        // “Do not call before” says when.
        if !Set(words).isDisjoint(with: OptOutWords.times) { return .otherChannel("hours") }
        return isAboutItAlone(words) || namesNoCalls(words, joined)
            ? .flag : .otherChannel("something else")
    }

    private static func isPermission(_ words: Set<String>, _ joined: String, _ isTelephone: Bool) -> Bool {
        guard words.isDisjoint(with: OptOutWords.times) else { return false }
        if OptOutWords.permission.contains(where: joined.contains) { return true }
        return (isTelephone || joined.hasPrefix("consent")) && !words.isDisjoint(with: OptOutWords.consent)
            && words.isDisjoint(with: OptOutWords.aboutConsent)
    }

    /// Whether a header has no words but those of the wish: “Pension opt out” and “TPS report” are about something else.
    private static func isAboutItAlone(_ words: [String]) -> Bool {
        Set(words).subtracting(OptOutWords.own).subtracting(OptOutWords.registers)
            .subtracting(OptOutWords.telephone).allSatisfy { word in
                Int(word) != nil || OptOutWords.anyChannel.contains(where: word.contains)
                    || OptOutWords.registers.contains { $0.count > 4 && word.hasPrefix($0) }
            }
    }

    private static func isNegatedRegister(_ words: [String]) -> Bool {
        let words = Set(words)
        return !words.isDisjoint(with: OptOutWords.registers)
            && !words.isDisjoint(with: ["clear", "clean", "free", "passed", "safe", "not", "non", "nicht"])
            && words.isDisjoint(with: ["do", "dont"])
    }

    /// Whether a cell names the wish, as in a column of states: `DNC`, `Do not call`, `Ne pas appeler`; false where it says that there is
    /// none (`Not DNC`, `not on TPS`); nil where it is about something else.
    static func wish(in text: String) -> Bool? {
        guard (3...60).contains(text.utf8.count) else { return nil }
        let words = words(of: text)
        guard words.count <= 10, names(words) else { return nil }
        return !hasNegation(words)
    }

    /// Phrases of a cell; a header's may have more behind them.
    private static let phrases = Set(OptOutWords.noCalls + OptOutWords.anyChannel + ["nocall", "nocalls"])
    private static let longestPhrase = 6
    /// Phrases and names of registries.
    static let allPhrases = phrases.union(OptOutWords.registers)

    /// Whether some words that follow each other are a phrase of the wish, or one is a registry's name.
    private static func names(_ words: [String]) -> Bool {
        for start in words.indices {
            if OptOutWords.registers.contains(words[start]) { return true }
            var phrase = ""
            for word in words[start...].prefix(longestPhrase) {
                phrase += word
                if phrases.contains(phrase) { return true }
            }
        }
        return false
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
        return namesNoCalls(words, joined)
            || ["bloctel", "ctps", "robinson", "nixregist", "naomeperturbe"].contains(where: joined.hasPrefix)
            || joined.hasPrefix("isdnc") || joined.hasPrefix("ondnc") || joined.hasSuffix("dnc")
    }

    /// Whether a phrase of the wish is in the text: from the beginning of a word on, so that a casino's phone is none; long ones
    /// anywhere, since exports write words together.
    private static func namesNoCalls(_ words: [String], _ joined: String) -> Bool {
        let tails = words.indices.map { words[$0...].joined() }
        return OptOutWords.noCalls.contains { phrase in
            tails.contains { $0.hasPrefix(phrase) }
                || (phrase.count >= 9 && !phrase.hasPrefix("no") && joined.contains(phrase))
        }
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
        if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x27 && $0 != 0x60 }) { return HeaderWords(text).words }
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
