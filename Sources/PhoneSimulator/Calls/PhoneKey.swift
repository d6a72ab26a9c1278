/// A key of api-send_key, by what it does here (guide, "Sending Keys Functions").
enum PhoneKey: Sendable, Equatable {
    /// 0 to 9, `*` or `#`.
    case digit(Character)
    /// From 1.
    case line(Int)
    case send, onHook, offHook, hold, mute, doNotDisturb, speaker, headset, lockKeypad, unlockKeypad
    /// A key that changes no line: volume, arrows, soft keys, transfer and conference menus, ...
    case withoutEffectOnLines

    /// Reads one word of a key list; nil where the family has no such key.
    ///
    /// The guide's table has no column for models, only examples with and without `hs`. Unless `strict`, every key of
    /// the table is taken by both families, except that a DP takes `#` as HASH alone, as the table notes.
    init?(word: String, family: SimulatedFamily, lines: Int, strict: Bool) {
        if strict, !Self.isShown(word, for: family) { return nil }
        if word.count == 1, let character = word.first {
            guard character.isASCIIDigit || character == "*" || (character == "#" && family == .gxp) else { return nil }
            self = .digit(character)
            return
        }
        if let key = Self.named[word] {
            self = key
        } else if let line = Self.number(after: "LINE", in: word, upTo: min(8, lines)) {
            self = .line(line)
        } else if Self.number(after: "SOFT", in: word, upTo: 4) != nil
            || Self.number(after: "MPK", in: word, upTo: 24) != nil
        {
            self = .withoutEffectOnLines
        } else {
            return nil
        }
    }

    private static let named: [String: PhoneKey] = [
        "HASH": .digit("#"), "POUND": .digit("#"), "STAR": .digit("*"), "SEND": .send, "ONHOOK": .onHook,
        "OFFHOOK": .offHook, "HOLD": .hold, "MUTE": .mute, "DND": .doNotDisturb, "SPEAKER": .speaker,
        "HEADSET": .headset, "LOCK": .lockKeypad, "UNLOCK": .unlockKeypad, "XFER": .withoutEffectOnLines,
        "VUP": .withoutEffectOnLines, "VDOWN": .withoutEffectOnLines, "CONF": .withoutEffectOnLines,
        "VM": .withoutEffectOnLines, "LEFT_SOFT_KEY": .withoutEffectOnLines,
        "RIGHT_SOFT_KEY": .withoutEffectOnLines, "OK": .withoutEffectOnLines, "UP": .withoutEffectOnLines,
        "DOWN": .withoutEffectOnLines, "LEFT": .withoutEffectOnLines, "RIGHT": .withoutEffectOnLines,
    ]

    /// The keys whose only example in the guide has `hs`, so a handset.
    private static let shownForHandsetsAlone: Set<String> = [
        "HASH", "STAR", "ONHOOK", "OFFHOOK", "OK", "LOCK", "UNLOCK", "UP", "DOWN", "LEFT", "RIGHT", "LEFT_SOFT_KEY",
        "RIGHT_SOFT_KEY",
    ]
    private static let shownForBoth: Set<String> = ["SPEAKER", "MUTE"]

    private static func isShown(_ word: String, for family: SimulatedFamily) -> Bool {
        let isDigit = word.count == 1 && word.first.map(\.isASCIIDigit) ?? false
        if isDigit || shownForBoth.contains(word) { return true }
        return shownForHandsetsAlone.contains(word) == (family == .dp)
    }

    private static func number(after prefix: String, in word: String, upTo highest: Int) -> Int? {
        guard word.hasPrefix(prefix), let number = Int(word.dropFirst(prefix.count)), number >= 1, number <= highest
        else { return nil }
        return word == "\(prefix)\(number)" ? number : nil
    }
}
