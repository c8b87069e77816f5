"""The encoder's WordPiece vocabulary, learnt from the corpus."""

from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from nlp.sentiment.model import OTHER, TARGET

VOCABULARY = 16_000
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", TARGET, OTHER)


def train_tokenizer(texts: Iterable[str], output: Path) -> PreTrainedTokenizerFast:
    """The tokenizer, written to `output`.

    Words are read without case and accents, which a small corpus cannot tell apart anyway. Every digit is read as 0:
    the length of a number stays, its value would only be learnt by heart.
    """
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))  # noqa: S106
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.BertNormalizer(lowercase=True, strip_accents=True), normalizers.Replace(Regex(r"\d"), "0")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=VOCABULARY, special_tokens=list(SPECIAL), min_frequency=3, show_progress=False, limit_alphabet=200
    )
    tokenizer.train_from_iterator(texts, trainer)
    numbers = {token: number for number, token in enumerate(SPECIAL)}  # the trainer puts them first
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",  # noqa: S106
        pad_token="[PAD]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        mask_token="[MASK]",  # noqa: S106
        extra_special_tokens=[AddedToken(TARGET), AddedToken(OTHER)],
        model_max_length=256,
    )
    fast.save_pretrained(output)
    return fast
