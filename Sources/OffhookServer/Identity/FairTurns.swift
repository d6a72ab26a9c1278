/// A bounded queue in which nobody waits for somebody else's crowd: addresses take turns, and so do the accounts of an address.
///
/// Where it is full, the longest line gives up its newest entry to whoever has a shorter one. Each step looks at most at all that
/// wait, so keep the bounds low.
struct FairTurns<Element> {
    /// Whose turn an entry is.
    struct Owner: Sendable, Hashable {
        /// Where it comes from, see ``LoginThrottle/place(of:)``.
        var address: String
        var account: String
    }

    /// How an entry was received.
    enum Entrance {
        case taken
        /// It waits, and the element of a longer line that it took the place of does not any more.
        case inPlaceOf(Element)
        case refused
    }

    private struct Waiting {
        let account: String
        var elements: [Element]
    }

    private struct Line {
        let address: String
        /// The accounts in the order of their turns.
        var accounts: [Waiting]

        var count: Int { accounts.reduce(0) { $0 + $1.elements.count } }
    }

    /// Most entries.
    let most: Int
    /// Most entries of one address.
    let mostOfAddress: Int
    /// The addresses in the order of their turns. Whoever is new goes to the end, so that nobody overtakes by leaving and
    /// coming back.
    private var lines: [Line] = []

    /// An empty queue; both bounds are at least 1.
    init(most: Int, mostOfAddress: Int) {
        self.most = max(1, most)
        self.mostOfAddress = max(1, min(mostOfAddress, most))
    }

    /// How many wait.
    var count: Int { lines.reduce(0) { $0 + $1.count } }

    /// Puts an entry in, at the end of its account's line.
    mutating func add(_ element: Element, of owner: Owner) -> Entrance {
        let own = lines.firstIndex { $0.address == owner.address }
        let ownCount = own.map { lines[$0].count } ?? 0
        var former: Element?
        if let own, ownCount >= mostOfAddress {
            // One account's crowd gives way to the others of its address.
            former = giveWay(of: own, to: owner.account)
            guard former != nil else { return .refused }
        } else if count >= most {
            guard let longest = lines.indices.max(by: { lines[$0].count < lines[$1].count }) else { return .refused }
            if lines[longest].count > ownCount + 1 {
                former = takeNewest(of: longest, account: longestAccount(of: longest))
            } else if let own, own == longest {
                former = giveWay(of: own, to: owner.account)
            }
            guard former != nil else { return .refused }
        }
        append(element, owner)
        return former.map(Entrance.inPlaceOf) ?? .taken
    }

    /// The entry whose turn it is; nil where none waits.
    mutating func next() -> Element? {
        guard !lines.isEmpty else { return nil }
        var line = lines.removeFirst()
        var waiting = line.accounts.removeFirst()
        let element = waiting.elements.removeFirst()
        if !waiting.elements.isEmpty { line.accounts.append(waiting) }
        if !line.accounts.isEmpty { lines.append(line) }
        return element
    }

    /// Takes out the first entry that fits; nil where none does.
    mutating func remove(where fits: (Element) -> Bool) -> Element? {
        for line in lines.indices {
            for account in lines[line].accounts.indices {
                guard let place = lines[line].accounts[account].elements.firstIndex(where: fits) else { continue }
                let element = lines[line].accounts[account].elements.remove(at: place)
                tidy(line)
                return element
            }
        }
        return nil
    }

    private mutating func append(_ element: Element, _ owner: Owner) {
        guard let line = lines.firstIndex(where: { $0.address == owner.address }) else {
            let waiting = Waiting(account: owner.account, elements: [element])
            return lines.append(Line(address: owner.address, accounts: [waiting]))
        }
        if let account = lines[line].accounts.firstIndex(where: { $0.account == owner.account }) {
            lines[line].accounts[account].elements.append(element)
        } else {
            lines[line].accounts.append(Waiting(account: owner.account, elements: [element]))
        }
    }

    /// Takes the newest entry of the longest account of a line for another account that has less; nil where none has more.
    private mutating func giveWay(of line: Int, to account: String) -> Element? {
        let own = lines[line].accounts.first { $0.account == account }?.elements.count ?? 0
        let longest = longestAccount(of: line)
        guard lines[line].accounts[longest].elements.count > own + 1 else { return nil }
        return takeNewest(of: line, account: longest)
    }

    private func longestAccount(of line: Int) -> Int {
        let accounts = lines[line].accounts
        return accounts.indices.max { accounts[$0].elements.count < accounts[$1].elements.count } ?? 0
    }

    private mutating func takeNewest(of line: Int, account: Int) -> Element {
        let element = lines[line].accounts[account].elements.removeLast()
        tidy(line)
        return element
    }

    private mutating func tidy(_ line: Int) {
        lines[line].accounts.removeAll { $0.elements.isEmpty }
        if lines[line].accounts.isEmpty { lines.remove(at: line) }
    }
}
