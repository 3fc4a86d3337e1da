package org.xenomips.cli.router;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** An option's value that may be absent, and must follow {@code =} if it is there: what comes next on the line may be an image. */
final class AttachedValue implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // the parser's stack
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        if (command.parser().separator().equals(info.get("separator"))) {
            return false;
        }
        option.setValue("");
        return true;
    }
}
