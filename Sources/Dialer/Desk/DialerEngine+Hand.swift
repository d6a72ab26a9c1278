import CampaignStore
import Campaigns
import GrandstreamCTI

/// Why a function of the guide was not carried out by hand.
public enum HandRefusal: Error, Sendable, CustomStringConvertible {
    /// The engine drives no such station.
    case noStation(String)
    /// Its phone cannot take part, and why.
    case leftOut(String)
    /// The phone refused the passcode earlier, and why; five refusals lock some phones.
    case lockedOut(String)
    /// A call is on the phone, and the function acts; the station is named.
    case liveCall(String)
    /// What is forced could not be written down, and why.
    case notRecorded(String)
    /// The phone said no, or could not be asked.
    case phone(CTIError)

    public var description: String {
        switch self {
        case .noStation(let name): "The engine does not drive the station \(name)."
        case .leftOut(let why): "The phone is left out: \(why)"
        case .lockedOut(let why): "\(why) It is not asked again until somebody says that it is mended."
        case .liveCall(let name):
            "\(name) has a call now, which the function could disturb. Wait for its end, or force it."
        case .notRecorded(let why): why
        case .phone(let error): error.description
        }
    }
}

/// The functions of the guide by hand, through the engine: in turn with its own requests.
extension DialerEngine {
    /// Carries a function out at a station.
    ///
    /// - Parameter isForced: acts although a call is there; it is journalled.
    /// - Throws: ``HandRefusal``; `StoreError` where what is forced cannot be written down.
    public func execute(
        _ command: PhoneCommand, at station: String, isForced: Bool = false
    ) async throws -> PhoneAnswer {
        guard let setup = setups[station] else { throw HandRefusal.noStation(station) }
        guard let link = links[setup.device] else {
            throw HandRefusal.leftOut(leftOut[setup.device] ?? "it cannot take part")
        }
        // What concerns the device as a whole concerns the calls of all its stations.
        var concerned = [station]
        if case .systemOperation = command {
            concerned = setups.values.filter { $0.device == setup.device }.map(\.name).sorted()
        }
        if command.acts, let busy = concerned.first(where: heart.hasLiveCall) {
            guard isForced else { throw HandRefusal.liveCall(busy) }
            let (store, now) = (store, clock.wallTime())
            record { try store.record("phone_forced", station: station, detail: command.functionName, at: now) }
            if let problem = await written() { throw HandRefusal.notRecorded(problem) }
            noteJournal()
        }
        // The phone's turn must not hang on the thread of whoever asks: nobody else's request begins before it ends.
        let answer = await Task(executorPreference: link.executor) { await link.execute(command) }.value
        feed(.lookNow(station: station))
        return try answer.get()
    }
}

extension DialerHeart {
    /// Whether a call is on a station's lines, ours or another, or is about to be placed there.
    func hasLiveCall(_ name: String) -> Bool {
        guard let station = stations[name] else { return false }
        return station.hasCall || station.wanted != nil
            || station.lines.contains { $0.phase != .idle && $0.phase != .failed }
    }
}

extension PhoneLink {
    /// Carries a function out in its turn, before polls.
    func execute(_ command: PhoneCommand) async -> Result<PhoneAnswer, HandRefusal> {
        await queue.run(.command) {
            if let refusal = await queue.refusal { return .failure(.lockedOut(refusal)) }
            do throws(CTIError) {
                return .success(try await client.execute(command))
            } catch {
                if error.kind == .authentication { await queue.refuse(error.description) }
                return .failure(.phone(error))
            }
        }
    }
}
