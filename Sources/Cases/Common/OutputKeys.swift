import Models

/// What a case writes.
struct OutputKeys {
    let frames: FrameSchedule

    /// What a case writes that does not say.
    enum Standard {
        case every
        case final
    }

    init(_ keys: KeyReader) { self.init(keys, default: .every) }

    init(_ keys: KeyReader, default standard: Standard) {
        let time = ValueRange.above("0 s", upTo: "1e12 s")
        let choice: FrameSchedule? = keys.variant(
            "frames",
            default: standard == .every
                ? (.map([("every", .plain("1"))]), .everySteps(1)) : (.plain("final"), .finalOnly),
            "When fields are written; `final`: at the end of the run only. The ends of protocol steps are "
                + "always among them, but for `times` and `final`.",
            [
                .word("final", .finalOnly),
                .key("every") {
                    .everySteps($0.integer("every", in: 1...1_000_000, example: 1, "After every n-th time step."))
                },
                .key("interval") {
                    .interval(
                        $0.quantity("interval", .time, example: "60 s", range: time, "At multiples of this time."))
                },
                .key("times") { keys in
                    let times = keys.quantities(
                        "times", .time, example: "[60 s, 10 min, 1 h]", range: time, "At these times, increasing.")
                    if zip(times, times.dropFirst()).contains(where: >=) {
                        keys.problem("times", "the times must increase")
                    }
                    return .times(times)
                },
            ])
        frames = choice ?? .finalOnly
    }
}
