/// The words a DP base uses for its handsets' lines.
///
/// The guide shows `idle` alone (chapter "Handset Line Status"); what a base says of a line in use is not published.
public enum HandsetLineWords: Sendable, Equatable {
    /// The words of the GXP phones: `calling`, `connected`, `onhold`, ...
    case gxp
    /// The same words with a capital: `Calling`, `Connected`, ...; `idle` stays as the guide shows it.
    case capitalised
    /// One word for every line that is not idle.
    case single(String)

    /// - Parameter word: the state's word on a GXP phone.
    func word(for state: SimulatedLineState, called word: String) -> String {
        switch self {
        case _ where state == .idle: state.rawValue
        case .gxp: word
        case .capitalised: word.prefix(1).uppercased() + word.dropFirst()
        case .single(let word): word
        }
    }
}

extension PhoneBehaviour {
    /// The word that a line of a GXP phone shows in a state.
    func word(for state: SimulatedLineState) -> String { state == .calling ? callingWord : state.rawValue }

    /// The word that a line of a handset shows in a state.
    func handsetWord(for state: SimulatedLineState) -> String {
        handsetWords.word(for: state, called: word(for: state))
    }
}
