package dev.hansa.wire.message;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.strategy.DriftCorrection;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.Blob;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.SignedFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Tasks as messages. The parameters lie in a blob beside the message. */
public final class TaskCodec {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private TaskCodec() {}

    /**
     * The message.
     *
     * @param blobs tells the blob that holds the parameters; called only for a task that has some
     */
    public static dev.hansa.wire.proto.Task encode(String taskId, Task task, Function<Parameters, BlobRef> blobs) {
        var message = dev.hansa.wire.proto.Task.newBuilder().setId(taskId).setRun(task.run()).setRound(task.round())
                .setData(DataCodec.encode(task.data()));
        if (task instanceof Task.Describe describe && describe.hidden().isPresent()) {
            message.setStandardise(StandardisingCodec.encode(describe.hidden().get(), describe.seed()));
        } else if (task instanceof Task.Describe) {
            message.setDescribe(dev.hansa.wire.proto.Task.Describe.getDefaultInstance());
        } else if (task instanceof Task.Statistics statistics) {
            message.setStatistics(StatisticsCodec.encode(statistics.question()));
        } else if (task instanceof Task.Fit fit) {
            var asked = dev.hansa.wire.proto.Task.Fit.newBuilder()
                    .setPreprocessing(PreprocessingCodec.encode(fit.preprocessing()))
                    .setModel(ModelCodec.encode(fit.model()))
                    .setParameters(BlobCodec.encode(blobs.apply(fit.parameters())))
                    .setTraining(TrainingCodec.encode(fit.training())).setSeed(fit.seed().value());
            if (!fit.compression().isNone()) {
                asked.setCompression(CompressionCodec.encode(fit.compression()));
            }
            asked.setCountedRound(fit.counted()).setShown(fit.shown());
            if (!fit.personalization().isNone()) {
                asked.setPersonalization(PersonalizationCodec.encode(fit.personalization()));
            }
            fit.protection().ifPresent(how -> asked.setProtection(ProtectionCodec.encode(how)));
            fit.timeLeft().ifPresent(time -> asked.setTimeLeftMillis(time.toMillis()));
            if (fit.isProtected()) {
                message.setProtectedFit(asked);
            } else {
                message.setFit(asked);
            }
        } else if (task instanceof Task.Evaluate evaluate) {
            var asked = dev.hansa.wire.proto.Task.Evaluate.newBuilder()
                    .setPreprocessing(PreprocessingCodec.encode(evaluate.preprocessing()))
                    .setModel(ModelCodec.encode(evaluate.model()))
                    .setParameters(BlobCodec.encode(blobs.apply(evaluate.parameters())));
            if (!evaluate.detail().isNone()) {
                asked.setDetail(DetailCodec.encode(evaluate.detail()));
            }
            asked.setCountedRound(evaluate.counted());
            if (!evaluate.personalization().isNone()) {
                asked.setPersonalization(PersonalizationCodec.encode(evaluate.personalization()));
            }
            message.setEvaluate(asked);
        } else if (task instanceof Task.Personalise personalise) {
            var asked = dev.hansa.wire.proto.Task.Personalise.newBuilder()
                    .setPreprocessing(PreprocessingCodec.encode(personalise.preprocessing()))
                    .setModel(ModelCodec.encode(personalise.model()))
                    .setParameters(BlobCodec.encode(blobs.apply(personalise.parameters())))
                    .setPersonalization(PersonalizationCodec.encode(personalise.personalization()))
                    .setTraining(TrainingCodec.encode(personalise.training())).setSeed(personalise.seed().value());
            if (!personalise.detail().isNone()) {
                asked.setDetail(DetailCodec.encode(personalise.detail()));
            }
            asked.setCountedRound(personalise.counted());
            message.setPersonalise(asked);
        }
        return message.build();
    }

    /**
     * The task.
     *
     * @param blobs fetches the parameters; called last, once all else is known to be sound, and only for a task that has
     *              some; what it throws comes through
     * @throws MalformedMessageException if the message holds no task that this version knows
     */
    public static Task decode(dev.hansa.wire.proto.Task message, Function<BlobRef, Parameters> blobs) {
        String run = Fields.line("run", message.getRun());
        int round = Fields.notNegative("round", message.getRound());
        Fields.requirePresent(message.hasData(), "data");
        DataSpec data = DataCodec.decode(message.getData());
        if (message.getAskCase() != dev.hansa.wire.proto.Task.AskCase.STATISTICS) {
            Fields.checked("data", () -> data.schema().toLearn());
        }
        return switch (message.getAskCase()) {
            case STATISTICS ->
                    new Task.Statistics(run, data, StatisticsCodec.decode(message.getStatistics(), data.schema()));
            case DESCRIBE -> new Task.Describe(run, data);
            case STANDARDISE -> new Task.Describe(run, data,
                    Optional.of(StandardisingCodec.decode(message.getStandardise(), data.schema())),
                    new Seed(message.getStandardise().getSeed()));
            case FIT -> fit(run, round, data, message.getFit(), blobs);
            case PROTECTED_FIT -> protectedFit(run, round, data, message.getProtectedFit(), blobs);
            case EVALUATE -> evaluate(run, round, data, message.getEvaluate(), blobs);
            case PERSONALISE -> personalise(run, round, data, message.getPersonalise(), blobs);
            case ASK_NOT_SET -> throw new MalformedMessageException("task",
                    "asks nothing that this version knows, expected describe, standardise, statistics, fit, evaluate or personalise; is the node "
                            + "older than the coordinator?");
        };
    }

    /**
     * The blob that the task names, to be fetched before it is decoded; empty if it names none.
     *
     * @throws MalformedMessageException if {@link #id} or {@link #decode} would refuse the task, whatever the blob holds
     */
    public static Optional<BlobRef> blob(dev.hansa.wire.proto.Task message) {
        id(message);
        List<BlobRef> named = new ArrayList<>();
        decode(message, blob -> {
            named.add(blob);
            return Parameters.zeros(Layout.of());
        });
        return named.stream().findFirst();
    }

    /**
     * The task as it is before its blob is fetched, with no parameters at all: what is asked, and of which data.
     *
     * @throws MalformedMessageException as {@link #decode}
     */
    public static Task withoutParameters(dev.hansa.wire.proto.Task message) {
        return decode(message, blob -> Parameters.zeros(Layout.of()));
    }

    /**
     * What the run says of itself; empty if it says nothing.
     *
     * @throws MalformedMessageException if that contradicts itself
     */
    public static Optional<Terms> terms(dev.hansa.wire.proto.Task message) {
        return message.hasTerms() ? Optional.of(TermsCodec.decode(message.getTerms())) : Optional.empty();
    }

    /** The training that the task asks for, protected or not; empty if it asks for something else. */
    public static Optional<dev.hansa.wire.proto.Task.Fit> training(dev.hansa.wire.proto.Task message) {
        return message.hasProtectedFit()
                ? Optional.of(message.getProtectedFit())
                : message.hasFit() ? Optional.of(message.getFit()) : Optional.empty();
    }

    /** The task with so much time left until its round closes, if it tells how much there is. */
    public static dev.hansa.wire.proto.Task within(dev.hansa.wire.proto.Task message, long leftMillis) {
        if (!training(message).filter(dev.hansa.wire.proto.Task.Fit::hasTimeLeftMillis).isPresent()) {
            return message;
        }
        dev.hansa.wire.proto.Task.Builder shorter = message.toBuilder();
        (message.hasProtectedFit() ? shorter.getProtectedFitBuilder() : shorter.getFitBuilder())
                .setTimeLeftMillis(leftMillis);
        return shorter.build();
    }

    /**
     * The file of the run, or of the survey, if it came with its author's signature; whether that holds is left to the reader.
     *
     * @throws MalformedMessageException if it is too large, or the signature is none
     */
    public static Optional<SignedFile> signed(dev.hansa.wire.proto.Task message) {
        return message.hasSigned() ? Optional.of(Fields.checked("signed",
                () -> new SignedFile(message.getSigned().getText(),
                        FileSignature.parse(message.getSigned().getSignature()))))
                : Optional.empty();
    }

    /** The same task with the file that asks for it. */
    public static dev.hansa.wire.proto.Task with(SignedFile file, dev.hansa.wire.proto.Task message) {
        return message.toBuilder().setSigned(dev.hansa.wire.proto.SignedFile.newBuilder().setText(file.text())
                .setSignature(file.signature().text())).build();
    }

    /**
     * The task's id, which can be part of a path as it is.
     *
     * @throws MalformedMessageException if it has none, or one that could mean something else in a path
     */
    public static String id(dev.hansa.wire.proto.Task message) {
        String id = Fields.name("id", message.getId());
        if (!ID.matcher(id).matches()) {
            throw new MalformedMessageException("id", "found " + Fields.prose(id)
                    + ", expected letters, digits and . _ -, of which the last three do not come first");
        }
        return id;
    }

    /** A coordinator that asks for nothing to be protected means something that this version does not know. */
    private static Task protectedFit(String run, int round, DataSpec data, dev.hansa.wire.proto.Task.Fit message,
            Function<BlobRef, Parameters> blobs) {
        Fields.require(message.hasProtection() || message.getTraining().hasPrivacy(), "protected_fit",
                "a training without protection that this version knows", "protection or training.privacy; is the node"
                        + " older than the coordinator?");
        return fit(run, round, data, message, blobs);
    }

    private static Task fit(String run, int round, DataSpec data, dev.hansa.wire.proto.Task.Fit message,
            Function<BlobRef, Parameters> blobs) {
        Preprocessing preprocessing = PreprocessingCodec.decode(message.getPreprocessing(), data.schema());
        ModelSpec model = ModelCodec.decode(message.getModel());
        LocalTraining training = TrainingCodec.decode(message.getTraining());
        Compression compression =
                message.hasCompression() ? CompressionCodec.decode(message.getCompression()) : Compression.NONE;
        Optional<Duration> timeLeft = message.hasTimeLeftMillis()
                ? Optional.of(Duration.ofMillis(Fields.notNegative("time_left_millis", message.getTimeLeftMillis())))
                : Optional.empty();
        int counted = Fields.notNegative("counted_round", message.getCountedRound());
        Personalization own = personalization(message.hasPersonalization(), message.getPersonalization(), model, data);
        if (compression.isSparse() || DriftCorrection.of(training).remembers() || message.hasPersonalization()) {
            Fields.requirePresent(message.hasCountedRound(), "counted_round");
        }
        Fields.require(counted == 0 || counted < round, "counted_round", counted, "a round before " + round);
        BlobRef blob = blob(Optional.of(training), own, model, data, message.hasParameters(), message.getParameters());
        return new Task.Fit(run, round, data, preprocessing, model, blobs.apply(blob), training, compression,
                new Seed(message.getSeed()), timeLeft, counted, own, message.getShown(),
                message.hasProtection()
                        ? Optional.of(ProtectionCodec.decode(message.getProtection()))
                        : Optional.empty());
    }

    private static Task evaluate(String run, int round, DataSpec data, dev.hansa.wire.proto.Task.Evaluate message,
            Function<BlobRef, Parameters> blobs) {
        Preprocessing preprocessing = PreprocessingCodec.decode(message.getPreprocessing(), data.schema());
        ModelSpec model = ModelCodec.decode(message.getModel());
        Detail detail = DetailCodec.decode(message.getDetail(), data.schema());
        Personalization own = personalization(message.hasPersonalization(), message.getPersonalization(), model, data);
        int counted = Fields.notNegative("counted_round", message.getCountedRound());
        BlobRef blob = blob(Optional.empty(), own, model, data, message.hasParameters(), message.getParameters());
        return new Task.Evaluate(run, round, data, preprocessing, model, blobs.apply(blob), detail, counted, own);
    }

    private static Task personalise(String run, int round, DataSpec data,
            dev.hansa.wire.proto.Task.Personalise message, Function<BlobRef, Parameters> blobs) {
        Preprocessing preprocessing = PreprocessingCodec.decode(message.getPreprocessing(), data.schema());
        ModelSpec model = ModelCodec.decode(message.getModel());
        Personalization own = personalization(true, message.getPersonalization(), model, data);
        int counted = Fields.notNegative("counted_round", message.getCountedRound());
        LocalTraining training = TrainingCodec.decode(message.getTraining());
        Detail detail = DetailCodec.decode(message.getDetail(), data.schema());
        BlobRef blob = blob(Optional.empty(), own, model, data, message.hasParameters(), message.getParameters());
        return new Task.Personalise(run, round, data, preprocessing, model, blobs.apply(blob), own, training,
                new Seed(message.getSeed()), detail, counted);
    }

    private static Personalization personalization(boolean present, dev.hansa.wire.proto.Personalization message,
            ModelSpec model, DataSpec data) {
        return present
                ? PersonalizationCodec.decode(message,
                        Fields.checked("model", () -> Learners.of(model, data.schema()).layout()))
                : Personalization.none();
    }

    /** A blob no larger than the model needs, so that nobody makes a node fetch more. */
    private static BlobRef blob(Optional<LocalTraining> training, Personalization personal, ModelSpec model,
            DataSpec data, boolean present, Blob message) {
        Fields.requirePresent(present, "parameters");
        BlobRef blob = BlobCodec.decode("parameters", message);
        Layout own = Fields.checked("model", () -> personal.shared(Learners.of(model, data.schema()).layout()));
        Layout layout = Fields.checked("model",
                () -> training.map(asked -> DriftCorrection.of(asked).layout(own)).orElse(own));
        long limit = (long) Float.BYTES * layout.size() + Limits.MODEL_HEADER_BYTES;
        Fields.require(blob.sizeBytes() <= limit, "parameters", blob.sizeBytes() + " bytes",
                "at most " + limit + " for a model of " + layout.size() + " values");
        return blob;
    }
}
