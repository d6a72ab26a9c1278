import CampaignStore
import Campaigns

/// What desk pages bring: presence, commands for the agent's own line, and looks that a phone asks for.
extension DialerHeart {
    /// How long a desk's page may be gone before its station gets no further call: a page that loads again takes a moment.
    public static let deskPatience: Duration = .seconds(15)

    /// A desk page of the station is live, or the last one is gone.
    mutating func desk(_ name: String, isLive: Bool, at now: Instant) {
        guard let station = stations[name] else { return }
        guard isLive else {
            if station.present, station.deskGoneAt == nil { stations[name]?.deskGoneAt = now }
            return
        }
        stations[name]?.deskGoneAt = nil
        stations[name]?.hasPage = true
        stations[name]?.present = true
    }

    /// Takes a command for the station's own line; it is carried out on the next look that shows the line that is meant.
    mutating func lineCommand(_ name: String, _ id: Int, _ command: LineCommand, at now: Instant) -> [DialerEffect] {
        guard let station = stations[name] else { return [refused(name, id, "There is no station \(name).")] }
        guard command.isAvailable(on: station.setup.family) else {
            return [refused(name, id, "The phone of \(name) has no such function.")]
        }
        if case .hangUp = command {
            guard let watch = station.watch else {
                return [refused(name, id, "There is no call of yours at \(name) to hang up.")]
            }
            guard !watch.isUntouchable else {
                return [refused(name, id, "The program cannot be sure which call this is; hang up at the phone.")]
            }
        }
        stations[name]?.lineCommands.append(
            WaitingLineCommand(id: id, command: command, until: now + WaitingLineCommand.patience))
        return []
    }

    /// A phone told that something changed on it: look at once.
    mutating func lookNow(_ name: String, at now: Instant) {
        guard let station = stations[name] else { return }
        if station.isPolling { stations[name]?.looksAgain = true } else { stations[name]?.askNow(at: now) }
    }

    /// What desks wait for at these stations.
    mutating func attendDesks(_ names: [String], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for name in names {
            guard let station = stations[name] else { continue }
            if let gone = station.deskGoneAt, now >= gone + Self.deskPatience {
                stations[name]?.deskGoneAt = nil
                stations[name]?.present = false
                effects += withdrawOffer(name, "The agent's page is gone.", at: now)
            }
            if station.looksAgain, !station.isPolling {
                stations[name]?.looksAgain = false
                stations[name]?.askNow(at: now)
            }
            effects += carryOutCommands(name, at: now)
        }
        return effects
    }

    private mutating func carryOutCommands(_ name: String, at now: Instant) -> [DialerEffect] {
        guard let commands = stations[name]?.lineCommands, !commands.isEmpty else { return [] }
        stations[name]?.lineCommands = []
        var effects: [DialerEffect] = []
        for waiting in commands {
            guard let station = stations[name], now < waiting.until else {
                effects.append(refused(name, waiting.id, "The phone did not answer in time; use its own keys."))
                continue
            }
            guard station.isFresh(at: now) else {
                stations[name]?.lineCommands.append(waiting)
                if !station.isPolling, !station.awaitsCommand { stations[name]?.askNow(at: now) }
                continue
            }
            switch station.target(of: waiting.command) {
            case .failure(let why): effects.append(refused(name, waiting.id, why.text))
            case .success(let line):
                if case .hangUp = waiting.command {
                    stations[name]?.watch?.hangUp()
                    // The poll just now may be old news: the call is ended on the next that shows it.
                    if !station.isPolling { stations[name]?.askNow(at: now) }
                }
                if case .press(let key) = waiting.command, key.consults { stations[name]?.consults = true }
                effects.append(.lineCommand(station: name, waiting.id, waiting.command, line: line))
            }
        }
        return effects
    }

    private func refused(_ name: String, _ id: Int, _ why: String) -> DialerEffect {
        .lineCommandRefused(station: name, id, Reason(code: "desk", text: why))
    }
}

extension Station {
    /// The instants at which a desk's patience ends.
    var deskDeadlines: [Instant] {
        lineCommands.map(\.until) + (deskGoneAt.map { [$0 + DialerHeart.deskPatience] } ?? [])
    }

    /// Whether an agent's page is live right now, or an agent is assumed to be there.
    var isAtDesk: Bool { present && deskGoneAt == nil }

    /// The line that a command is for, by the last poll; nil in it where the command is for the phone as a whole.
    func target(of command: LineCommand) -> Result<Int?, DeskRefusal> {
        let other = lines.filter { $0.line != watch?.line && $0.phase != .idle && $0.phase != .failed }
        let isAlone = setup.family == .dp || consults || other.allSatisfy { $0.phase == .ringing }
        let ours = lines.first { $0.line == watch?.line }
        let needOurs = { (phases: Set<LinePhase>, what: String) -> Result<Int?, DeskRefusal> in
            guard let ours, watch?.isUntouchable == false, phases.contains(ours.phase) else {
                return .failure(Self.desk("There is no call of yours that could be \(what) now."))
            }
            guard isAlone else {
                return .failure(Self.desk("Another call is on the phone; use the phone's own keys."))
            }
            return .success(ours.line)
        }
        switch command {
        case .hangUp: return watch == nil ? .failure(Self.desk("The call has ended already.")) : .success(watch?.line)
        case .hold: return needOurs([.connected], "put on hold")
        case .resume: return needOurs([.onHold], "taken off hold")
        case .keys(let digits):
            guard (1...LineCommand.mostKeys).contains(digits.count), digits.allSatisfy({ "0123456789*#".contains($0) })
            else {
                return .failure(
                    Self.desk("Only digits, * and # can be pressed, at most \(LineCommand.mostKeys) at once."))
            }
            return needOurs(consults ? [.connected, .onHold] : [.connected], "sent digits")
        case .press(let key) where key.concernsCall:
            return needOurs(consults ? [.connected, .onHold] : [.connected], "sent that key")
        case .press: return .success(nil)
        case .accept(let line), .reject(let line):
            guard lines.contains(where: { $0.line == line && $0.phase == .ringing }) else {
                return .failure(Self.desk("Nobody rings on line \(line) any more."))
            }
            // A GXP phone is told no line: with two callers, or a call under way, it could be the wrong one.
            let ringing = lines.filter { $0.phase == .ringing }.count
            guard setup.family == .dp || ringing == 1 else {
                return .failure(Self.desk("Two callers ring at once; use the phone's own keys."))
            }
            if case .accept = command,
                lines.contains(where: { ![.idle, .onHold, .failed, .ringing].contains($0.phase) })
            {
                return .failure(Self.desk("End your call or put it on hold first."))
            }
            return .success(line)
        case .end(let line):
            // On a GXP the operation names no line: with another call on the phone it could be the wrong one.
            guard watch == nil, lines.contains(where: { $0.line == line && [.connected, .onHold].contains($0.phase) })
            else { return .failure(Self.desk("There is no call of yours on line \(line) any more.")) }
            guard setup.family == .dp || other.count == 1 else {
                return .failure(Self.desk("Another call is on the phone; use the phone's own keys."))
            }
            return .success(line)
        }
    }

    private static func desk(_ text: String) -> DeskRefusal { DeskRefusal(text: text) }
}

/// Why a command of the desk is not for any line now, as a sentence.
struct DeskRefusal: Error {
    let text: String
}
