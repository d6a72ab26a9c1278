import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import GrandstreamCTI
import PhoneNumbers

/// What the server of this process asks of the engine, without the way through the database.
extension DialerEngine {
    /// A page of the station's agent is live, or the last one is gone. Where the agent stays away for
    /// ``DialerHeart/deskPatience``, the station gets no further call.
    public func presence(of station: String, isPresent: Bool) {
        guard !options.isStaffed(station) else { return }
        feed(.desk(station: station, isLive: isPresent))
    }

    /// The station's agent stood up: unlike a page that is gone, which may only load again, that counts at once.
    public func agentLeft(_ station: String) {
        guard !options.isStaffed(station) else { return }
        feed(.presence(station: station, present: false))
    }

    /// Carries out what an agent asks for at a station: take, skip, call, say, more time.
    ///
    /// - Returns: why not, as a sentence; nil where it was done, and what was said is on disk. A call of the agent's choice is answered
    ///   when it is placed.
    public func ask(_ request: AgentRequest, at station: String) async throws -> String? {
        guard setups[station] != nil else { return "The engine does not drive the station \(station)." }
        guard let (campaign, contact) = request.wantedContact else {
            if let refusal = try carryOut(request, at: station) { return refusal }
            return await written()
        }
        guard wantedCalls[station] == nil else { return "A call is being placed at \(station) already." }
        guard end == nil else { return "No further call is placed: the program ends." }
        return await withCheckedContinuation { reply in
            wantedCalls[station] = .direct(reply)
            feed(.manualCall(station: station, campaign: campaign, contact: contact))
        }
    }

    /// Gives the station's phone a command of its agent, as soon as a poll shows the line that is meant.
    ///
    /// - Returns: why not, as a sentence; nil where the phone took it, or, for hanging up, where it will be told.
    public func command(_ command: LineCommand, at station: String) async -> String? {
        guard setups[station] != nil else { return "The engine does not drive the station \(station)." }
        guard failure == nil, !isOver else { return "The program ends; use the phone's own keys." }
        lastDeskReply += 1
        let id = lastDeskReply
        return await withCheckedContinuation { reply in
            deskReplies[id] = reply
            feed(.lineCommand(station: station, id: id, command))
        }
    }

    /// Polls a device at once: its phone said that something changed.
    ///
    /// - Returns: false where the engine drives no such device.
    @discardableResult
    public func pollNow(device: String) -> Bool {
        let names = setups.values.filter { $0.device == device }.map(\.name)
        for name in names { feed(.lookNow(station: name)) }
        return !names.isEmpty
    }

    /// Looks at once at what the caller changed in the database: a pause, an agent, a campaign, a list.
    ///
    /// Many who ask at once share one look: what pages do adds no more to the engine's work than that.
    public nonisolated func noticeChanges() async {
        await serveNotice(notices.take())
    }

    /// The stations with their states and calls, in configured order.
    ///
    /// - Parameter names: which; nil for all.
    public func stationStatus(of names: Set<String>? = nil) -> [StationStatus] {
        let offset = clock.wallOffset()
        return heart.stationStatus(of: names).map { status in
            var status = status.moved(by: offset)
            status.agent = pauses[status.name]?.agent
            if let callee = callees[status.name], callee.attempt == status.attempt {
                status.contact = callee.contact
                status.number = callee.number
                status.campaign = status.campaign ?? callee.campaign
            }
            return status
        }
    }

    /// What the phone of a station can do, by its family; nil where the engine does not drive it.
    public func family(of station: String) -> PhoneFamily? { setups[station]?.family }

    /// The number of a caller, read as the station's region has it; nil where the phone shows none that can be one.
    public func caller(_ shown: String, at station: String) -> PhoneNumber? {
        observedNumber(shown, at: station, incoming: true)
    }

    /// The rules of a campaign, with the packs that this engine calls by.
    ///
    /// - Throws: where a pack that the campaign names is not there, as a sentence.
    public nonisolated func rules(of stored: StoredCampaign) throws -> EligibilityRules {
        let packs = try options.packsNow().merging(asked.rulePacks()) { shipped, _ in shipped }
        return EligibilityRules(
            campaign: stored.campaign, book: try RuleBook(names: stored.campaign.callingRules.packs, among: packs),
            graceUntil: stored.graceUntil, clocks: options.clocks)
    }

    /// Whether no further call is placed, since the program ends.
    public var isStopping: Bool { end != nil || heart.isStopping }

    func answerDesk(_ id: Int, refusal: String?) {
        deskReplies.removeValue(forKey: id)?.resume(returning: refusal)
    }

    /// The run is over: nobody is left waiting.
    func refuseDesks() {
        isOver = true
        if !unwritten.isEmpty { confirm("Not saved: the program ended before the database could be written.") }
        for id in deskReplies.keys { answerDesk(id, refusal: "The program ends; use the phone's own keys.") }
        for (name, reply) in wantedCalls {
            guard case .direct(let reply) = reply else { continue }
            wantedCalls[name] = nil
            reply.resume(returning: "No further call is placed: the program ends.")
        }
    }

    /// Carries a command out against the phone, with the rank of a command.
    func press(_ command: LineCommand, at name: String, line: Int?, _ id: Int) {
        if case .hangUp = command { return answerDesk(id, refusal: nil) }
        guard let setup = setups[name], let link = links[setup.device] else {
            return answerDesk(id, refusal: "The phone of \(name) cannot be reached.")
        }
        Task(executorPreference: link.executor) {
            let result = await link.carryOut(command, setup, line: line)
            await self.pressed(name, id, result)
        }
    }

    private func pressed(_ name: String, _ id: Int, _ result: CommandResult) {
        noteShortage(in: result)
        switch result {
        case .accepted: answerDesk(id, refusal: nil)
        case .uncertain, .doubtful:
            answerDesk(id, refusal: "The phone gave no clear answer; it may have acted. Look at its display.")
        case .refused(let text), .authentication(let text), .notSent(let text): answerDesk(id, refusal: text)
        case .shortage(let clause): answerDesk(id, refusal: "Nothing was sent to the phone: \(clause).")
        }
        feed(.lookNow(station: name))
    }
}

extension DialerHeart {
    func stationStatus(of names: Set<String>?) -> [StationStatus] {
        guard let names else { return stationStatus }
        return order.filter(names.contains).compactMap(status)
    }
}

extension StationStatus {
    /// The same on another clock.
    func moved(by offset: Duration) -> StationStatus {
        var moved = self
        moved.retryAt = retryAt.map { $0 + offset }
        moved.since = since.map { $0 + offset }
        moved.dialledAt = dialledAt.map { $0 + offset }
        moved.connectedAt = connectedAt.map { $0 + offset }
        moved.wrapUpUntil = wrapUpUntil.map { $0 + offset }
        moved.offerUntil = offerUntil.map { $0 + offset }
        return moved
    }
}
