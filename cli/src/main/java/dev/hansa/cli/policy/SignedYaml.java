package dev.hansa.cli.policy;

import dev.hansa.client.policy.SignedFiles;
import dev.hansa.core.coordinator.RunMandate;
import dev.hansa.core.coordinator.SurveyMandate;
import dev.hansa.core.protocol.Mandate;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.SurveyFile;
import dev.hansa.wire.trust.FileSignature.Kind;

/** Reads signed files as the coordinator does. */
public final class SignedYaml implements SignedFiles {

    @Override
    public Mandate read(Kind kind, String text) {
        return switch (kind) {
            case RUN -> new RunMandate(RunFile.parse(text, "run.yaml").spec());
            case STATISTICS -> new SurveyMandate(SurveyFile.parse(text, "statistics.yaml").survey());
        };
    }
}
